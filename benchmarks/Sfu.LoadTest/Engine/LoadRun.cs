using Sfu.LoadTest.Metrics;
using Sfu.LoadTest.Net;
using Sfu.LoadTest.Options;
using Sfu.LoadTest.Reports.Live;
using Sfu.LoadTest.Results;
using Sfu.LoadTest.Signalling;
using Spectre.Console;

namespace Sfu.LoadTest.Engine;

/// <summary>One run from the first join to the result.</summary>
internal sealed class LoadRun(LoadOptions options, ISignalling signalling, IAnsiConsole console)
{
    /// <summary>Between the last join and the first packet that counts.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(1);

    /// <summary>For packets that are under way at the end.</summary>
    private static readonly TimeSpan Draining = TimeSpan.FromSeconds(1);

    /// <exception cref="SignallingException">The server does not let speakers in.</exception>
    public async Task<LoadTestResult> RunAsync(string command, CancellationToken cancellation)
    {
        var startedAt = DateTimeOffset.UtcNow;
        using var server = new ServerMetrics(options.Server, options.ServerPid);
        using var fleet = new Fleet(options, warning => console.WriteLine("warning: " + warning));
        var joins = new Joins(options, fleet, signalling);
        var invitations = new InvitationRounds(options, fleet, joins);
        var monitor = new RunMonitor(fleet, joins, server, options.Listeners);
        var surge = new SurgeWatch(fleet);
        using var watching = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Task monitoring = Task.CompletedTask;
        bool speaks = false;
        try
        {
            ServerSample? idle = await server.SampleAsync();
            await joins.BringSpeakersAsync(cancellation);
            fleet.StartSpeech();
            speaks = true;
            monitoring = Task.WhenAll(monitor.RunAsync(watching.Token), new LiveView(console, monitor, TimeProvider.System).RunAsync(watching.Token));

            monitor.Enter(RunPhase.Joining, options.JoinsPerSecond > 0 ? TimeSpan.FromSeconds(options.Listeners / options.JoinsPerSecond) : TimeSpan.Zero);
            ServerSample? beforeJoins = await server.SampleAsync();
            await joins.BringListenersAsync(cancellation);
            ServerSample? afterJoins = await server.SampleAsync();
            fleet.IsRamping = false;

            if (options.Speech == "surge")
                monitoring = Task.WhenAll(monitoring, surge.RunAsync(watching.Token));
            if (options.IsByInvitation)
                await invitations.BringModeratorsAsync(cancellation);
            using var inviting = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            Task rounds = options.IsByInvitation ? invitations.RunAsync(inviting.Token) : Task.CompletedTask;
            (Usage from, Usage until) = await MeasureAsync(monitor, server, fleet, cancellation);
            await inviting.CancelAsync();
            await rounds;
            monitor.Enter(RunPhase.Draining, Draining);
            await Task.Delay(Draining, cancellation);
            Dictionary<string, int> ended = joins.Ended();
            fleet.StopSpeech();
            speaks = false;
            fleet.StopReceiving();
            return new ResultBuilder(options, fleet, joins).Build(new RunRecord(
                startedAt, command, idle, beforeJoins, afterJoins, from, until, monitor.Timeline, surge.Samples, joins.Slots, ended, invitations.Owed));
        }
        finally
        {
            await watching.CancelAsync();
            await monitoring;
            if (speaks)
                fleet.StopSpeech();
            fleet.StopReceiving();
            await joins.LeaveAsync();
            await invitations.LeaveAsync();
        }
    }

    private async Task<(Usage From, Usage Until)> MeasureAsync(RunMonitor monitor, ServerMetrics server, Fleet fleet, CancellationToken cancellation)
    {
        long from = NativeCalls.RealtimeNanoseconds() + (long)Settling.TotalNanoseconds;
        fleet.Measured.Set(from, from + (long)(options.Seconds * 1e9));
        monitor.Enter("settling", Settling);
        await Task.Delay(Settling, cancellation);
        Usage before = await Usage.TakeAsync(server);
        monitor.Enter(RunPhase.Measuring, TimeSpan.FromSeconds(options.Seconds));
        await Task.Delay(TimeSpan.FromSeconds(options.Seconds), cancellation);
        return (before, await Usage.TakeAsync(server));
    }
}
