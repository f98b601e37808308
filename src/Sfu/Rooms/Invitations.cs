using Sfu.Time;

namespace Sfu.Rooms;

/// <summary>Who has been asked to the stage and has not answered yet.</summary>
internal sealed class Invitations
{
    /// <summary>Who does not answer for so long is not on their phone.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(2);

    private readonly Dictionary<string, Instant> _until = new(StringComparer.Ordinal);

    /// <summary>When <see cref="TakeExpired"/> finds one.</summary>
    public Instant Deadline { get; private set; } = Instant.Never;

    public IReadOnlyCollection<string> All => [.. _until.Keys];

    public bool Has(string id) => _until.ContainsKey(id);

    public void Add(string id, Instant now)
    {
        _until[id] = now + Lifetime;
        Deadline = Instant.Min(Deadline, now + Lifetime);
    }

    public bool Remove(string id) => _until.Remove(id);

    public IReadOnlyList<string> TakeExpired(Instant now)
    {
        if (now < Deadline)
            return [];
        string[] expired = [.. _until.Where(i => i.Value <= now).Select(i => i.Key)];
        foreach (string id in expired)
            _until.Remove(id);
        Deadline = _until.Count == 0 ? Instant.Never : _until.Values.Min();
        return expired;
    }
}
