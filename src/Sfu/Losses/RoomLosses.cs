using Sfu.Time;

namespace Sfu.Losses;

/// <summary>What the listeners of a room lose of each slot, over all workers.</summary>
/// <remarks>On the room's home worker. A worker that has told nothing for a while has nobody left to tell of.</remarks>
internal sealed class RoomLosses(int slots)
{
    private static readonly TimeSpan Lifetime = 3 * ListenerLosses.Interval;

    private readonly List<Part> _parts = [];
    private readonly LossHistogram _sum = new();
    private readonly LossHistogram _part = new();
    private Instant _toldAt;

    /// <param name="worker">Where the listeners are.</param>
    /// <param name="histograms">As <see cref="ListenerLosses.Write"/> makes them.</param>
    public void Take(int worker, ReadOnlySpan<byte> histograms, Instant now)
    {
        if (histograms.Length != slots * LossHistogram.Length)
            return;
        Part part = PartOf(worker);
        histograms.CopyTo(part.Histograms);
        part.At = now;
    }

    /// <summary>What the publisher in a slot is to be told: the loss that nine of ten of its listeners do not exceed, in 1/256.</summary>
    public byte LossOf(int slot, Instant now)
    {
        _sum.Clear();
        foreach (Part part in _parts)
        {
            if (now - part.At >= Lifetime)
                continue;
            _part.Read(part.Histograms.AsSpan(slot * LossHistogram.Length, LossHistogram.Length));
            _sum.Add(_part);
        }

        return _sum.NineOfTen();
    }

    /// <summary>True once in an interval, however many workers tell something.</summary>
    public bool IsTimeToTell(Instant now)
    {
        if (now - _toldAt < ListenerLosses.Interval - TimeSpan.FromMilliseconds(100))
            return false;
        _toldAt = now;
        return true;
    }

    private Part PartOf(int worker)
    {
        foreach (Part known in _parts)
        {
            if (known.Worker == worker)
                return known;
        }

        var part = new Part(worker, slots * LossHistogram.Length);
        _parts.Add(part);
        return part;
    }

    private sealed class Part(int worker, int length)
    {
        public int Worker { get; } = worker;

        public byte[] Histograms { get; } = new byte[length];

        public Instant At { get; set; }
    }
}
