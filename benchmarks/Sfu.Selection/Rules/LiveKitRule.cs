using Sfu.Selection.Scenes;

namespace Sfu.Selection.Rules;

/// <summary>
/// LiveKit's active speakers, by its published defaults: over 400 ms of packets the loudest level counts, weighted by the share of
/// active ones (-35 dBov, 40 % at least) and smoothed over two windows; the K loudest have the slots from then on.
/// </summary>
internal sealed class LiveKitRule(int slots, int members) : IRule
{
    private const int ActiveLevel = 35;
    private const int Window = 400;
    private const double MinActive = 0.4 * Window;
    private const double Smoothing = 2.0 / 3;

    private readonly double[] _level = new double[members];
    private readonly double[] _loudest = [.. Enumerable.Repeat(127.0, members)];
    private readonly int[] _active = new int[members];
    private readonly int[] _observed = new int[members];
    private readonly double[] _last = new double[members];
    private readonly bool[] _has = new bool[members];
    private double _updated;

    public string Name => "LiveKit's rule";

    public void Receive(ScenePacket packet, List<int> heard)
    {
        int m = packet.Member;
        _last[m] = packet.Arrival;
        _observed[m] += packet.Duration;
        if (packet.Level.Level <= ActiveLevel)
        {
            _active[m] += packet.Duration;
            _loudest[m] = Math.Min(_loudest[m], packet.Level.Level);
        }

        if (_observed[m] >= Window)
            CloseWindow(m);
        if (packet.Arrival - _updated >= Window)
            Update(packet.Arrival);
        if (_has[m])
            heard.Add(packet.Number);
    }

    public bool HasSlot(int member) => _has[member];

    private void CloseWindow(int m)
    {
        double level = 0;
        if (_active[m] >= MinActive)
        {
            double adjusted = _loudest[m] - 20 * Math.Log10((double)_active[m] / Window);
            level = _level[m] + (Linear(adjusted) - _level[m]) * Smoothing;
        }

        _level[m] = level;
        _loudest[m] = 127;
        _active[m] = 0;
        _observed[m] = 0;
    }

    private void Update(double now)
    {
        _updated = now;
        Array.Clear(_has);
        for (int m = 0; m < members; m++)
            _level[m] = now - _last[m] >= 2 * Window ? 0 : _level[m];
        foreach (int m in Enumerable.Range(0, members).Where(m => _level[m] >= Linear(ActiveLevel)).OrderByDescending(m => _level[m]).Take(slots))
            _has[m] = true;
    }

    private static double Linear(double level) => Math.Pow(10, -level / 20);
}
