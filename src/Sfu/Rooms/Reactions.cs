using Sfu.Time;

namespace Sfu.Rooms;

/// <summary>Counts reactions by kind, so that 5,000 people who clap are one message a second.</summary>
internal sealed class Reactions
{
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);
    private Instant _toldAt;

    public Instant Deadline => _counts.Count == 0 ? Instant.Never : _toldAt + Room.CountInterval;

    /// <returns>False when too many kinds came within this second.</returns>
    public bool Add(string kind)
    {
        if (_counts.TryGetValue(kind, out int count))
            _counts[kind] = count + 1;
        else if (_counts.Count < RoomBounds.Reactions)
            _counts.Add(kind, 1);
        else
            return false;
        return true;
    }

    public IReadOnlyDictionary<string, int> Take(Instant now)
    {
        var taken = new Dictionary<string, int>(_counts, StringComparer.Ordinal);
        _counts.Clear();
        _toldAt = now;
        return taken;
    }
}
