using System.Diagnostics.CodeAnalysis;

namespace Sfu.Rooms;

/// <summary>Who is inside: by identity, by id, on the stage in the order of coming, and the audience in the order of names.</summary>
internal sealed class Roster
{
    /// <summary>Between name and id in a page's mark: names have no control characters.</summary>
    private const char Separator = '\n';

    private readonly Dictionary<string, Participant> _byIdentity = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Participant> _byId = new(StringComparer.Ordinal);
    private readonly List<Participant> _stage = [];
    private readonly SortedSet<(string Name, string Id)> _audience = new(ByName.Instance);
    private readonly HashSet<uint> _csrcs = [];

    public int Count => _byId.Count;

    public int Audience => _audience.Count;

    public int Moderators { get; private set; }

    public IReadOnlyList<Participant> Stage => _stage;

    public IEnumerable<Participant> All => _byId.Values;

    public bool TryFind(string identity, [NotNullWhen(true)] out Participant? participant) =>
        _byIdentity.TryGetValue(identity, out participant);

    public Participant? Find(string id) => _byId.GetValueOrDefault(id);

    public bool IsInside(Participant participant) => ReferenceEquals(Find(participant.Id), participant);

    /// <returns>False when the CSRC is another's or 0.</returns>
    public bool Reserve(uint csrc) => csrc != 0 && _csrcs.Add(csrc);

    /// <summary>Into the audience.</summary>
    public void Add(Participant participant)
    {
        _byIdentity.Add(participant.Identity, participant);
        _byId.Add(participant.Id, participant);
        _audience.Add((participant.Name, participant.Id));
        if (participant.Role == Role.Moderator)
            Moderators++;
    }

    public void Remove(Participant participant)
    {
        MoveToAudience(participant);
        _audience.Remove((participant.Name, participant.Id));
        _byIdentity.Remove(participant.Identity);
        _byId.Remove(participant.Id);
        _csrcs.Remove(participant.Csrc);
        if (participant.Role == Role.Moderator)
            Moderators--;
    }

    public void MoveToStage(Participant participant)
    {
        participant.OnStage = true;
        _audience.Remove((participant.Name, participant.Id));
        _stage.Add(participant);
    }

    /// <returns>False for somebody who is not on the stage.</returns>
    public bool MoveToAudience(Participant participant)
    {
        if (!participant.OnStage)
            return false;
        participant.OnStage = false;
        _stage.Remove(participant);
        _audience.Add((participant.Name, participant.Id));
        return true;
    }

    public void SetRole(Participant participant, Role role)
    {
        if (participant.Role == Role.Moderator)
            Moderators--;
        if (role == Role.Moderator)
            Moderators++;
        participant.Role = role;
    }

    /// <param name="prefix">Of the name, upper and lower case alike; empty for all.</param>
    /// <param name="from">See <see cref="AudiencePage.Next"/>; null for the first page.</param>
    public AudiencePage Page(string prefix, string? from, int size)
    {
        (string Name, string Id) start = from?.IndexOf(Separator, StringComparison.Ordinal) is > 0 and int at
            ? (from[..at], from[(at + 1)..])
            : (prefix, "");
        var page = new List<Participant>(Math.Min(size, _audience.Count));
        if (_audience.Count == 0 || ByName.Instance.Compare(start, _audience.Max) > 0)
            return new AudiencePage(page, null);

        foreach ((string name, string id) in _audience.GetViewBetween(start, _audience.Max))
        {
            if (!name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
                break;
            if (page.Count == size)
                return new AudiencePage(page, $"{name}{Separator}{id}");
            page.Add(_byId[id]);
        }

        return new AudiencePage(page, null);
    }

    private sealed class ByName : IComparer<(string Name, string Id)>
    {
        public static readonly ByName Instance = new();

        public int Compare((string Name, string Id) x, (string Name, string Id) y)
        {
            int names = string.Compare(x.Name, y.Name, StringComparison.OrdinalIgnoreCase);
            return names != 0 ? names : string.CompareOrdinal(x.Id, y.Id);
        }
    }
}
