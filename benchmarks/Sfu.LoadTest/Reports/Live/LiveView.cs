using Spectre.Console;

namespace Sfu.LoadTest.Reports.Live;

/// <summary>Shows a run while it runs: a display that changes in place on a terminal, a line a second elsewhere.</summary>
internal sealed class LiveView(IAnsiConsole console, ILiveSource source, TimeProvider time)
{
    private const int HistorySeconds = 60;
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private readonly Queue<double> _history = new();

    /// <summary>Until it is cancelled, which is no error; shows the last state before it returns.</summary>
    public Task RunAsync(CancellationToken cancellation) =>
        console.Profile.Capabilities.Interactive && console.Profile.Capabilities.Ansi ? InPlaceAsync(cancellation) : InLinesAsync(cancellation);

    private async Task InPlaceAsync(CancellationToken cancellation)
    {
        bool unicode = console.Profile.Capabilities.Unicode;
        await console.Live(LiveFrame.Draw(Next(), _history, unicode)).StartAsync(async display =>
        {
            using PeriodicTimer timer = new(Period, time);
            while (await TickAsync(timer, cancellation))
                display.UpdateTarget(LiveFrame.Draw(Next(), _history, unicode));
            display.UpdateTarget(LiveFrame.Draw(source.Look(), _history, unicode));
        });
    }

    private async Task InLinesAsync(CancellationToken cancellation)
    {
        using PeriodicTimer timer = new(Period, time);
        while (await TickAsync(timer, cancellation))
            WriteLine(source.Look());
        WriteLine(source.Look());
    }

    /// <summary>Past Spectre, which would break the line where the console, that is none, ends.</summary>
    private void WriteLine(LiveSnapshot snapshot) => console.Profile.Out.Writer.WriteLine(LiveLine.Format(snapshot));

    private LiveSnapshot Next()
    {
        LiveSnapshot snapshot = source.Look();
        _history.Enqueue(snapshot.LatencyP99);
        if (_history.Count > HistorySeconds)
            _history.Dequeue();
        return snapshot;
    }

    private static async Task<bool> TickAsync(PeriodicTimer timer, CancellationToken cancellation)
    {
        try
        {
            return await timer.WaitForNextTickAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
