using System.Diagnostics.CodeAnalysis;
using Sfu.Time;

namespace Sfu.Rooms;

/// <summary>Who is in a room, who is on its stage and who may do what: commands and the time in, events out; no sockets, no threads.</summary>
/// <remarks>
/// Not thread-safe: its owner serialises the calls. Before a command tell the time with <see cref="Advance"/>, and after it drain
/// <see cref="TryTakeEvent"/>, so that what people are told keeps the order in which it happened. Where a command takes
/// <c>by</c>, null is a backend, which may do everything.
/// </remarks>
public sealed partial class Room
{
    /// <summary>Counts go out at most this often, whatever the number of people who come, go and clap.</summary>
    public static readonly TimeSpan CountInterval = TimeSpan.FromSeconds(1);

    private readonly Func<uint> _randomCsrc;
    private readonly Roster _roster = new();
    private readonly Hands _hands = new();
    private readonly Invitations _invitations = new();
    private readonly Admissions _admissions = new();
    private readonly Reactions _reactions = new();
    private readonly Queue<RoomEvent> _events = new();
    private Instant _now;
    private int _countTold;
    private Instant _countToldAt;

    /// <param name="id">Of this life of the room; the name may be used again when it is over.</param>
    /// <param name="name">1..128 characters.</param>
    /// <param name="settings">See <see cref="SettingsProblem.Find"/>; with the node's own limits filled in.</param>
    /// <param name="doors">What <see cref="RoomSettings.OpensAt"/> is on the clock of <see cref="Tick"/>.</param>
    /// <param name="randomCsrc">Any number; those in use and 0 are asked for again.</param>
    public Room(string id, string name, RoomSettings settings, Instant now, Instant doors, Func<uint> randomCsrc)
    {
        Id = id;
        Name = name;
        Settings = settings;
        _randomCsrc = randomCsrc;
        _now = now;
        _doors = doors;
        _emptySince = now;
        _unmoderatedSince = now;
        Tell(new RoomOpened(Next(), settings));
    }

    public string Id { get; }

    public string Name { get; }

    public RoomSettings Settings { get; private set; }

    /// <summary>Of the last event.</summary>
    public long Revision { get; private set; }

    /// <summary>Why the room is over; it takes no command any more.</summary>
    public EndReason? Ended { get; private set; }

    public int Count => _roster.Count;

    public int Audience => _roster.Audience;

    public IReadOnlyList<Participant> Stage => _roster.Stage;

    public IEnumerable<Participant> Participants => _roster.All;

    /// <summary>When <see cref="Tick"/> has something to do.</summary>
    public Instant Deadline
    {
        get
        {
            if (Ended is not null)
                return Instant.Never;
            Instant count = Audience == _countTold ? Instant.Never : _countToldAt + CountInterval;
            return Instant.Min(Instant.Min(count, _reactions.Deadline), Instant.Min(_invitations.Deadline, Instant.Min(DoorsDeadline, EndDeadline)));
        }
    }

    public bool TryFind(string identity, [NotNullWhen(true)] out Participant? participant) => _roster.TryFind(identity, out participant);

    public Participant? Find(string id) => _roster.Find(id);

    /// <summary>Those who listen, in the order of their names.</summary>
    /// <param name="prefix">Of the name, upper and lower case alike; empty for all.</param>
    /// <param name="from">See <see cref="AudiencePage.Next"/>; null for the first page.</param>
    /// <param name="size">1..<see cref="RoomBounds.PageSize"/>.</param>
    public AudiencePage AudiencePage(string prefix, string? from, int size) => _roster.Page(prefix, from, size);

    /// <summary>Moves the time on, never back.</summary>
    public void Advance(Instant now)
    {
        if (now > _now)
            _now = now;
    }

    /// <summary>Moves the time on and does what is due by now.</summary>
    public void Tick(Instant now)
    {
        Advance(now);
        if (_now < Deadline)
            return;

        if (_now >= _countToldAt + CountInterval && Audience != _countTold)
        {
            _countTold = Audience;
            _countToldAt = _now;
            Tell(new AudienceCounted(Next(), Audience));
        }

        if (_now >= _reactions.Deadline)
            Tell(new ReactionsCounted(Next(), _reactions.Take(_now)));
        foreach (string id in _invitations.TakeExpired(_now))
            Tell(new InvitationEnded(Next(), id, InvitationEnd.Expired));
        if (_now >= DoorsDeadline)
            AdmitWaiting();
        if (_now >= EndDeadline)
            EndOrPromote();
    }

    public bool TryTakeEvent([NotNullWhen(true)] out RoomEvent? roomEvent) => _events.TryDequeue(out roomEvent);

    public RoomSnapshot Snapshot() => new(Id, Name, Revision, Settings, [.. _roster.Stage.Select(p => p.ToProfile())], Audience)
    {
        Hands = _hands.All,
        Invited = _invitations.All,
        Waiting = Waiting,
        Speakers = Speakers,
    };

    private long Next() => ++Revision;

    private void Tell(RoomEvent roomEvent) => _events.Enqueue(roomEvent);

    private bool IsInside([NotNullWhen(true)] Participant? participant) =>
        Ended is null && participant is not null && _roster.IsInside(participant);

    private bool MayModerate(Participant? by) => by is null || (by.Role == Role.Moderator && IsInside(by));
}
