using Sfu.Selection.Scenes;

namespace Sfu.Selection.Rules;

/// <summary>
/// Signal's active speaker, by its published thresholds, for K: every 300 ms somebody whose newest 100 ms are all loud, and who has
/// had more loud tenths of a second lately, takes the slot of the least active one who has fallen silent.
/// </summary>
internal sealed class SignalRule(int slots, int members) : IRule
{
    private const int High = 70;
    private const int Low = 40;
    private const int Chunk = 5;
    private const int History = 50;
    private const int AboveFloor = 10;
    private const int FloorWindow = 750;
    private const double Interval = 300;

    private readonly List<int>[] _levels = [.. Enumerable.Range(0, members).Select(_ => new List<int>())];
    private readonly int[] _floor = new int[members];
    private readonly int[] _nextFloor = new int[members];
    private readonly int[] _sinceReset = new int[members];
    private readonly List<int> _owners = [];
    private double _decided;

    public string Name => "Signal's rule";

    public void Receive(ScenePacket packet, List<int> heard)
    {
        Push(packet.Member, 127 - packet.Level.Level);
        if (packet.Arrival - _decided >= Interval)
        {
            _decided = packet.Arrival;
            Decide();
        }

        if (HasSlot(packet.Member))
            heard.Add(packet.Number);
    }

    public bool HasSlot(int member) => _owners.Contains(member);

    private void Push(int m, int sample)
    {
        if (sample > 0)
            LearnFloor(m, sample);
        _levels[m].Add(sample <= _floor[m] + AboveFloor ? 0 : sample);
        if (_levels[m].Count > History)
            _levels[m].RemoveAt(0);
    }

    private void LearnFloor(int m, int sample)
    {
        if (_floor[m] == 0 || sample < _floor[m])
        {
            (_floor[m], _nextFloor[m], _sinceReset[m]) = (sample, int.MaxValue, 0);
            return;
        }

        _nextFloor[m] = Math.Min(_nextFloor[m], sample);
        if (++_sinceReset[m] >= FloorWindow)
            (_floor[m], _nextFloor[m], _sinceReset[m]) = ((int)Math.Sqrt((double)_floor[m] * _nextFloor[m]), int.MaxValue, 0);
    }

    private void Decide()
    {
        foreach (int m in Enumerable.Range(0, members).Where(m => !HasSlot(m) && Latest(m) > Low && Loud(m, 0) == Chunk).OrderByDescending(Chunks))
        {
            if (_owners.Count < slots)
            {
                _owners.Add(m);
                continue;
            }

            int least = _owners.MinBy(Chunks);
            if (Latest(least) < Low && Loud(least, 0) == 0 && Chunks(m) > Chunks(least))
                _owners[_owners.IndexOf(least)] = m;
        }
    }

    private int Latest(int m) => _levels[m].Count == 0 ? 0 : _levels[m][^1];

    /// <summary>Loud samples in a chunk, counted from the newest chunk on.</summary>
    private int Loud(int m, int chunk) => _levels[m].AsEnumerable().Reverse().Skip(chunk * Chunk).Take(Chunk).Count(level => level > High);

    private int Chunks(int m) => Enumerable.Range(0, _levels[m].Count / Chunk).Count(chunk => Loud(m, chunk) == Chunk);
}
