using Sfu.LoadTest.Options;
using Sfu.LoadTest.Results;

namespace Sfu.LoadTest.Engine;

/// <summary>Decides whether a run passed.</summary>
internal static class Verdicts
{
    /// <summary>How far the measured share of a loss that was made on purpose may lie from what was asked for.</summary>
    public const double Tolerance = 0.001;

    /// <summary>Seconds in which all must be well again after a surge.</summary>
    public const double LongestRecovery = 2;

    /// <param name="heard">Different slot packets of the measured time that somebody got.</param>
    /// <param name="everybodyIsHeard">There are no more speakers than slots.</param>
    /// <param name="ended">Sessions that the server ended early, by reason.</param>
    /// <param name="surge">Null when there was none.</param>
    /// <param name="onsets">Null when nobody is invited.</param>
    public static Verdict Of(
        LoadOptions options, JoinResult joins, PacketResult packets, VerificationResult verification, long heard, bool everybodyIsHeard,
        IReadOnlyDictionary<string, int> ended, SurgeResult? surge = null, OnsetGoal? onsets = null)
    {
        var failures = new List<string>();
        void Fail(bool isBad, string failure)
        {
            if (isBad)
                failures.Add(failure);
        }

        foreach ((string reason, int count) in joins.Failures)
            failures.Add($"{count} of {joins.Attempted} joins failed: {reason}.");
        foreach ((string reason, int count) in ended)
            failures.Add($"{count} sessions ended early: {reason}.");
        Fail(packets.Received == 0, "Nothing was received in the measured time.");
        long unexplained = packets.Lost - packets.Injected;
        Fail(
            packets.Expected > 0 && Math.Max(0, unexplained) > options.MaxLoss * packets.Expected,
            $"{unexplained} of {packets.Expected} packets were lost{(packets.Injected > 0 ? $", besides {packets.Injected} thrown away on purpose" : "")}.");
        Fail(unexplained < 0, $"{packets.Injected} packets were thrown away on purpose, and only {packets.Lost} were missed: the counting is wrong.");
        Fail(
            options.InjectedLoss > 0 && Math.Abs(packets.LostShare - options.InjectedLoss) > Tolerance,
            $"A loss of {options.InjectedLoss:P3} was made and {packets.LostShare:P3} was measured.");
        Fail(everybodyIsHeard && heard < packets.Sent, $"{packets.Sent - heard} of {packets.Sent} packets of speakers reached nobody.");
        Fail(onsets is { IsComplete: false }, $"Guests should have been heard {onsets?.Owed} times by somebody, and were {onsets?.Measured.Count} times.");
        Fail(onsets is { IsQuick: false }, $"One in a hundred waited {onsets?.Measured.P99:F1} ms or more from accepting to being heard; {OnsetGoal.MostMilliseconds} are allowed.");
        Fail(packets.Duplicated > 0, $"{packets.Duplicated} packets came twice.");
        Fail(verification.AuthenticationFailures > 0, $"{verification.AuthenticationFailures} packets did not authenticate.");
        Fail(verification.Mismatches > 0, $"{verification.Mismatches} packets are not what was sent.");
        Fail(packets.DroppedByToolSockets > 0, $"The tool was too slow: the kernel dropped {packets.DroppedByToolSockets} packets that the server had delivered.");
        Fail(
            surge is { RecoverySeconds: null or > LongestRecovery },
            $"After the surge it took {(surge?.RecoverySeconds is { } seconds ? $"{seconds:F1} s" : "longer than the run")} until all was as before, instead of at most {LongestRecovery} s.");
        return new Verdict(failures.Count == 0, failures);
    }
}
