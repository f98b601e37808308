using System.Globalization;
using Sfu.LoadTest.Engine;
using Sfu.LoadTest.Results;

namespace Sfu.LoadTest.Reports;

/// <summary>A run's figures by name, as the console and the page show them alike.</summary>
internal static class ResultFacts
{
    public static IReadOnlyList<FactGroup> Measured(LoadTestResult result) =>
    [
        new("Plan", [.. Plan(result.Plan)]),
        new("Joins", [.. Joins(result.Joins)]),
        new("Packets", [.. Packets(result.Packets), .. Surge(result)]),
        new("Verification", [.. Verification(result.Verification)]),
        new("Server", [.. result.Server is { } server ? Server(server) : [new Fact("Metrics", "the server shows none")]]),
        new("Load tool", [.. Tool(result.Tool)]),
    ];

    public static FactGroup Run(LoadTestResult result) => new("Run",
    [
        new("Started", result.StartedAt.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture)),
        new("Commit", result.Commit),
        new("Command", result.Command),
        new("Machine", $"{result.Machine.Processor}, {Plural(result.Machine.Cores, "core")}"),
        new("System", $"{result.Machine.OperatingSystem}, kernel {result.Machine.Kernel}, {result.Machine.Runtime}"),
    ]);

    public static string Plural(double count, string noun) => $"{Figures.Count(count)} {noun}{(count == 1 ? "" : "s")}";

    private static IEnumerable<Fact> Plan(LoadPlan plan)
    {
        yield return new("Server", $"{plan.Product} at {plan.Server}");
        yield return new("Listeners", $"{Figures.Count(plan.Listeners)} in {Plural(plan.Rooms, "room")}");
        yield return new("Speakers", $"{Figures.Count(plan.Speakers)} in each room, {(plan.Speech == "all" ? "all at once" : plan.Speech)}");
        yield return new("Measured for", Figures.Seconds(plan.Seconds));
        yield return new("Joins wanted", plan.JoinsPerSecond == 0 ? "as fast as they go" : $"{Figures.Significant(plan.JoinsPerSecond)} a second");
        yield return new("Payload", $"{Figures.Significant(plan.MeanPayloadBytes)} bytes on average");
        yield return new("SRTP profile", plan.SrtpProfile);
        if (plan.InjectedLoss > 0)
            yield return new("Injected loss", Figures.Share(plan.InjectedLoss));
    }

    private static IEnumerable<Fact> Joins(JoinResult joins)
    {
        yield return new("Joined", $"{Figures.Count(joins.Succeeded)} of {Figures.Count(joins.Attempted)}", joins.Succeeded < joins.Attempted);
        yield return new("Rate", $"{Figures.Significant(joins.PerSecond)} a second");
        if (joins.ServerCpuSeconds is { } cpu && joins.Succeeded > 0)
            yield return new("Server CPU", $"{Figures.Milliseconds(1000 * cpu / joins.Succeeded)} for each join");
        foreach ((string reason, int count) in joins.Failures.OrderByDescending(f => f.Value))
            yield return new($"Failed: {reason}", Figures.Count(count), true);
    }

    private static IEnumerable<Fact> Packets(PacketResult packets)
    {
        yield return new("Sent by speakers", Figures.Count(packets.Sent));
        yield return new("Expected", Figures.Count(packets.Expected));
        yield return new("Received", $"{Figures.Count(packets.Received)} ({Figures.Compact(packets.PerSecond)} a second)");
        yield return new("Lost", packets.Lost == 0 ? "0" : $"{Figures.Count(packets.Lost)} ({Figures.Share(packets.LostShare)})", packets.Lost > 0);
        if (packets.Injected > 0)
            yield return new("Injected loss", $"{Figures.Count(packets.Injected)} of those lost");
        yield return new("Duplicated", Figures.Count(packets.Duplicated), packets.Duplicated > 0);
        yield return new("Out of order", Figures.Count(packets.OutOfOrder), packets.OutOfOrder > 0);
        yield return new("Dropped by the tool", Figures.Count(packets.DroppedByToolSockets), packets.DroppedByToolSockets > 0);
    }

    private static IEnumerable<Fact> Surge(LoadTestResult result)
    {
        if (result is { LossOfListeners: { } loss, Packets.Lost: > 0 })
            yield return new("Lost by a listener", Figures.Spread(loss));
        if (result.Surge is not { } surge)
            yield break;
        yield return new("p99 before surge", $"at most {Figures.Milliseconds(surge.NormalP99)}");
        yield return new("p99 in surge", Figures.Milliseconds(surge.SurgeP99));
        yield return new("Recovered after", Figures.Recovery(surge), surge.RecoverySeconds is null or > Verdicts.LongestRecovery);
    }

    private static IEnumerable<Fact> Verification(VerificationResult verification)
    {
        yield return new("Decrypted", Figures.Count(verification.Authenticated));
        yield return new("Compared", $"{Figures.Count(verification.Compared)} byte for byte");
        yield return new("Checked in full", Plural(verification.ListenersInFull, "listener"));
        yield return new("Not authentic", Figures.Count(verification.AuthenticationFailures), verification.AuthenticationFailures > 0);
        yield return new("Wrong payload", Figures.Count(verification.Mismatches), verification.Mismatches > 0);
    }

    private static IEnumerable<Fact> Server(ServerResult server)
    {
        yield return new("Cores busy", $"{Figures.Significant(server.CoresBusy)} ({Figures.Seconds(server.CpuSeconds)} CPU)");
        yield return new("CPU for a packet", Figures.Microseconds(server.CpuMicrosecondsPerPacket));
        yield return new("Packets per busy core", $"{Figures.Compact(server.PacketsPerBusyCore)} a second");
        yield return new("Packets sent", Figures.Count(server.PacketsSent));
        if (server.MessagesSent > 0)
            yield return new("Packets per message", Figures.Significant(server.PacketsPerMessage));
        yield return new("Resident", $"{Figures.Bytes(server.ResidentBytes)}, {Figures.Bytes(server.ResidentBytesPerListener)} a listener");
        yield return new("Allocated", $"{Figures.Bytes(server.AllocatedBytes)}, by workers {Figures.Bytes(server.WorkerAllocatedBytes)}");
        yield return new("GC", $"{Plural(server.GcCollections, "collection")}, {Figures.Seconds(server.GcPauseSeconds)} paused");
        foreach ((string reason, long count) in server.Dropped.OrderByDescending(d => d.Value))
            yield return new($"Dropped: {reason}", Figures.Count(count), true);
    }

    private static IEnumerable<Fact> Tool(ToolResult tool)
    {
        yield return new("Cores busy", $"{Figures.Significant(tool.CoresBusy)} ({Figures.Seconds(tool.CpuSeconds)} CPU)");
        yield return new("Resident", Figures.Bytes(tool.ResidentBytes));
        yield return new("Allocated", Figures.Bytes(tool.AllocatedBytes));
        yield return new("GC", $"{Figures.Seconds(tool.GcPauseSeconds)} paused");
    }
}
