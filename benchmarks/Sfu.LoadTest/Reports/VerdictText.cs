using Sfu.LoadTest.Results;

namespace Sfu.LoadTest.Reports;

/// <summary>How a run ended, in plain words.</summary>
internal static class VerdictText
{
    public static string Word(LoadTestResult result) => result.Verdict.Passed ? "Passed" : "Failed";

    public static string Sentence(LoadTestResult result)
    {
        PacketResult packets = result.Packets;
        string lost = packets.Lost == 0
            ? $"every one of {Figures.Count(packets.Expected)} packets arrived"
            : $"{Figures.Count(packets.Lost)} of {Figures.Count(packets.Expected)} packets were lost ({Figures.Share(packets.LostShare)})";
        return result.Joins.Succeeded == 0
            ? "Nobody joined, so nothing was heard."
            : $"{Figures.Count(result.Joins.Succeeded)} of {Figures.Count(result.Joins.Attempted)} joins succeeded and {lost}; "
            + $"99 of 100 took at most {Figures.Milliseconds(result.Latency.Forward.P99)}, "
            + $"and nobody's sound paused for more than {Figures.Milliseconds(result.Gaps.Longest)}.";
    }
}
