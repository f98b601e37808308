using Sfu.LoadTest.Options;
using Sfu.LoadTest.Results;

namespace Sfu.LoadTest.Engine;

/// <summary>Says whether a run has passed. A tool that cannot fail proves nothing.</summary>
internal static class Judge
{
    /// <summary>By how much the loss that was found may differ from the loss that was made.</summary>
    private const double InjectionTolerance = 0.001;

    public static Verdict Of(LoadOptions options, JoinResult joins, PacketResult packets, VerificationResult verification, int ended)
    {
        var failures = new List<string>();
        void Check(bool failed, string text)
        {
            if (failed)
                failures.Add(text);
        }

        Check(joins.Succeeded < joins.Attempted, $"{joins.Attempted - joins.Succeeded} of {joins.Attempted} listeners could not join");
        Check(ended > 0, $"the server closed the signalling of {ended} clients");
        Check(packets.Sent > 0 && packets.Received == 0, "nobody heard anything");
        Check(packets.Sent == 0, "no speaker sent anything");
        Check(packets.DroppedByToolSockets > 0, $"this tool was too slow for {packets.DroppedByToolSockets} packets: the loss is not the server's");
        long real = packets.Lost - packets.Injected;
        Check(real > options.MaxLoss * packets.Expected, $"{real} of {packets.Expected} packets were lost");
        Check(
            Math.Abs((double)packets.Injected / Math.Max(1, packets.Expected) - options.InjectedLoss) > InjectionTolerance
                || (options.InjectedLoss > 0 && real < 0),
            $"{packets.Injected} packets were thrown away and {packets.Lost} found missing: the tool does not see what it should");
        Check(verification.AuthenticationFailures > 0, $"{verification.AuthenticationFailures} packets could not be decrypted");
        Check(verification.Mismatches > 0, $"{verification.Mismatches} packets are not what was sent");
        Check(packets.Received > 0 && verification.Compared == 0, "no packet was compared with what was sent");
        return new Verdict(failures.Count == 0, failures);
    }
}
