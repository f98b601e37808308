using Sfu.Selection.Scenes;

namespace Sfu.Selection.Rules;

/// <summary>The K loudest of the moment, as Jitsi's bridge picks them: smoothed by half, forgotten after 150 ms without a packet.</summary>
internal sealed class LoudestWins(int slots, int members) : IRule
{
    private const double Share = 0.5;
    private const double Expiry = 150;

    private readonly double[] _energy = new double[members];
    private readonly double[] _last = new double[members];
    private readonly bool[] _has = new bool[members];

    public string Name => "loudest wins";

    public void Receive(ScenePacket packet, List<int> heard)
    {
        int loudness = 127 - packet.Level.Level;
        _energy[packet.Member] += (loudness - _energy[packet.Member]) * Share;
        _last[packet.Member] = packet.Arrival;
        Array.Clear(_has);
        foreach (int member in Enumerable.Range(0, members)
            .Where(m => packet.Arrival - _last[m] <= Expiry && _energy[m] > 0)
            .OrderByDescending(m => _energy[m]).Take(slots))
            _has[member] = true;
        if (_has[packet.Member])
            heard.Add(packet.Number);
    }

    public bool HasSlot(int member) => _has[member];
}
