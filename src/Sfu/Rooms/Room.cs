using System.Diagnostics.CodeAnalysis;
using Sfu.Time;

namespace Sfu.Rooms;

/// <summary>Who is in a room and who is on its stage: commands and the time in, events out; no sockets, no threads.</summary>
/// <remarks>
/// Not thread-safe: its owner serialises the calls. After each call drain <see cref="TryTakeEvent"/> before the next one,
/// so that what people are told keeps the order in which it happened.
/// </remarks>
public sealed class Room(string name, int maxParticipants, int maxStage, Func<uint> randomCsrc)
{
    /// <summary>The audience's count goes out at most this often, whatever the number of people who come and go.</summary>
    public static readonly TimeSpan CountInterval = TimeSpan.FromSeconds(1);

    private readonly Dictionary<string, Participant> _byIdentity = new(StringComparer.Ordinal);
    private readonly List<Participant> _stage = [];
    private readonly HashSet<uint> _csrcs = [];
    private readonly Queue<RoomEvent> _events = new();
    private long _revision;
    private int _countTold;
    private Instant _countToldAt;

    public string Name { get; } = name;

    public int Count => _byIdentity.Count;

    public int Audience => _byIdentity.Count - _stage.Count;

    /// <summary>When <see cref="Tick"/> has something to tell; <see cref="Instant.Never"/> while the count is as told.</summary>
    public Instant Deadline => Audience == _countTold ? Instant.Never : _countToldAt + CountInterval;

    public bool TryFind(string identity, [NotNullWhen(true)] out Participant? participant) =>
        _byIdentity.TryGetValue(identity, out participant);

    /// <summary>Somebody of the same identity must have left before.</summary>
    /// <returns>Null when the room is full.</returns>
    public Participant? Join(string id, string identity, string displayName, Role role)
    {
        if (_byIdentity.Count >= maxParticipants)
            return null;

        var participant = new Participant(id, identity, displayName, role, NewCsrc());
        _byIdentity.Add(identity, participant);
        return participant;
    }

    public void Leave(Participant participant)
    {
        if (!IsInside(participant))
            return;

        LeaveStage(participant);
        _byIdentity.Remove(participant.Identity);
        _csrcs.Remove(participant.Csrc);
    }

    /// <summary>Being there already is no error and changes nothing.</summary>
    public StageError TakeStage(Participant participant, bool muted = false)
    {
        if (participant.Role == Role.Audience)
            return StageError.RoleForbids;
        if (!IsInside(participant))
            return StageError.NotInRoom;
        if (participant.OnStage)
            return StageError.None;
        if (_stage.Count >= maxStage)
            return StageError.StageFull;

        participant.OnStage = true;
        participant.Muted = muted;
        _stage.Add(participant);
        _events.Enqueue(new StageJoined(++_revision, participant.ToStageMember()));
        return StageError.None;
    }

    public void LeaveStage(Participant participant)
    {
        if (!participant.OnStage || !IsInside(participant))
            return;

        participant.OnStage = false;
        participant.Muted = false;
        _stage.Remove(participant);
        _events.Enqueue(new StageLeft(++_revision, participant.Id));
    }

    /// <summary>Without effect on somebody who is not on the stage.</summary>
    public void SetMuted(Participant participant, bool muted)
    {
        if (!participant.OnStage || participant.Muted == muted || !IsInside(participant))
            return;

        participant.Muted = muted;
        _events.Enqueue(new StageChanged(++_revision, participant.ToStageMember()));
    }

    public void Tick(Instant now)
    {
        if (now < Deadline)
            return;

        _countTold = Audience;
        _countToldAt = now;
        _events.Enqueue(new AudienceCounted(++_revision, Audience));
    }

    public bool TryTakeEvent([NotNullWhen(true)] out RoomEvent? roomEvent) => _events.TryDequeue(out roomEvent);

    public RoomSnapshot Snapshot() => new(Name, _revision, [.. _stage.Select(p => p.ToStageMember())], Audience);

    private bool IsInside(Participant participant) =>
        _byIdentity.TryGetValue(participant.Identity, out Participant? inside) && ReferenceEquals(inside, participant);

    private uint NewCsrc()
    {
        uint csrc;
        do
            csrc = randomCsrc();
        while (csrc == 0 || !_csrcs.Add(csrc));
        return csrc;
    }
}
