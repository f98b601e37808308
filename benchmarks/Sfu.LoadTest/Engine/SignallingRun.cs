using System.Diagnostics;
using Sfu.LoadTest.Metrics;
using Sfu.LoadTest.Options;
using Sfu.LoadTest.Results;
using Sfu.LoadTest.Signalling;
using Sfu.LoadTest.Statistics;

namespace Sfu.LoadTest.Engine;

/// <summary>Everybody joins as fast as they go, does nothing for a while, and leaves.</summary>
internal sealed class SignallingRun(SignallingOptions options)
{
    /// <summary>Whoever takes longer has failed.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>After the last join, so that what it caused is over.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(2);

    private readonly IdleListener?[] _inside = new IdleListener?[options.Listeners];
    private readonly long[] _joinTicks = new long[options.Listeners];
    private readonly string?[] _failures = new string?[options.Listeners];

    public async Task<SignallingResult> RunAsync(CancellationToken cancellation)
    {
        using var server = new ServerMetrics(options.Server, pid: null);
        using var signalling = new SfuSignalling(options.Server, options.TokenKey, options.TokenSecret);
        using var http = new HttpMessageInvoker(new SocketsHttpHandler { UseProxy = false, UseCookies = false });
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.JoinConcurrency, CancellationToken = cancellation };
        var identities = new ClientIdentity[options.Listeners];
        await Parallel.ForAsync(0, options.Listeners, parallel, async (number, token) =>
            identities[number] = await signalling.PrepareAsync($"listener-{number}", options.RoomName, ClientRole.Listener, token));
        try
        {
            ServerSample? before = await server.SampleAsync();
            long start = Stopwatch.GetTimestamp();
            await Parallel.ForAsync(0, options.Listeners, parallel, (number, token) => JoinAsync(number, identities[number], http, token));
            TimeSpan joining = Stopwatch.GetElapsedTime(start);
            // The first one has been told what there was to be told meanwhile.
            long others = _inside[0]?.OtherMessages ?? 0;
            ServerSample? after = await server.SampleAsync();
            await Task.Delay(Settling, cancellation);
            ServerSample? idleFrom = await server.SampleAsync();
            await Task.Delay(TimeSpan.FromSeconds(options.IdleSeconds), cancellation);
            ServerSample? idleUntil = await server.SampleAsync();
            return Build(joining, others, before, after, idleFrom, idleUntil);
        }
        finally
        {
            await Parallel.ForEachAsync(_inside.OfType<IdleListener>(), new ParallelOptions { MaxDegreeOfParallelism = options.JoinConcurrency }, (l, _) => l.DisposeAsync());
        }
    }

    private async ValueTask JoinAsync(int number, ClientIdentity identity, HttpMessageInvoker http, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(Patience);
        var listener = new IdleListener(new UriBuilder(options.Server) { Scheme = options.Server.Scheme == Uri.UriSchemeHttps ? "wss" : "ws", Path = "/v1/ws" }.Uri, http);
        long start = Stopwatch.GetTimestamp();
        try
        {
            await listener.JoinAsync(identity, patience.Token);
            _joinTicks[number] = Stopwatch.GetElapsedTime(start).Ticks;
            _inside[number] = listener;
        }
        catch (Exception e) when (e is SignallingException or IOException or OperationCanceledException)
        {
            _failures[number] = e is OperationCanceledException ? "Not inside in time" : e.Message;
            await listener.DisposeAsync();
        }
    }

    private SignallingResult Build(
        TimeSpan joining, long others, ServerSample? before, ServerSample? after, ServerSample? idleFrom, ServerSample? idleUntil)
    {
        IdleListener[] inside = [.. _inside.OfType<IdleListener>()];
        var times = new LatencyHistogram();
        foreach (long ticks in _joinTicks.Where(ticks => ticks > 0))
            times.Record(ticks * TimeSpan.NanosecondsPerTick);
        int joined = Math.Max(1, inside.Length);
        return new SignallingResult(
            options.Listeners,
            inside.Length,
            inside.Length / joining.TotalSeconds,
            times.ToQuantiles(),
            (double)inside.Sum(l => l.OwnMessages) / joined,
            (double)inside.Sum(l => l.OwnBytes) / joined,
            others,
            joining.TotalSeconds,
            (after?.CpuSeconds - before?.CpuSeconds) * 1_000 / joined,
            (idleUntil?.ResidentBytes - before?.ResidentBytes) / joined,
            idleFrom is null || idleUntil is null ? null : (idleUntil.CpuSeconds - idleFrom.CpuSeconds) / idleUntil.SecondsSince(idleFrom),
            _failures.OfType<string>().GroupBy(f => f).ToDictionary(g => g.Key, g => g.Count()));
    }
}
