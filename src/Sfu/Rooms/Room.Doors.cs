using Sfu.Time;

namespace Sfu.Rooms;

/// <content>Coming in, waiting before the door, and leaving.</content>
public sealed partial class Room
{
    private readonly OrderedDictionary<string, Waiter> _waiting = new(StringComparer.Ordinal);
    private readonly HashSet<string> _muteLocked = new(StringComparer.Ordinal);
    private Instant _doors;
    private bool _opened;

    public IReadOnlyList<InviteCode> InviteCodes => _admissions.Codes;

    /// <summary>How many are before the door.</summary>
    public int Waiting => _waiting.Count;

    /// <summary>In the order in which they are let in.</summary>
    public IEnumerable<string> WaitingIds => _waiting.Values.Select(w => w.Id);

    private bool HasPlace => Audience < Settings.MaxAudience;

    private Instant DoorsDeadline => _opened ? Instant.Never : _doors;

    /// <summary>Lets somebody in, or to the end of those who wait; an older stay of the same identity ends.</summary>
    /// <param name="id">Of the participant that this makes; unique.</param>
    /// <param name="participant">Set when there is no error and nothing to wait for.</param>
    /// <param name="waiter">Set when there is something to wait for.</param>
    public RoomError Join(string id, JoinRequest request, out Participant? participant, out Waiter? waiter)
    {
        participant = null;
        waiter = null;
        if (Ended is not null)
            return RoomError.Closed;
        if (_admissions.IsBanned(request))
            return RoomError.Banned;
        bool isInside = TryFind(request.Identity, out Participant? older);
        if (isInside && Settings.RefuseSecondConnection)
            return RoomError.AlreadyInside;
        if (Settings.Visibility == Visibility.Private && _admissions.Enter(request, out _) is not RoomError.None and var refused)
            return refused;

        if (isInside)
            TakeOut(older!, EndReason.Replaced);
        if (_waiting.Remove(request.Identity, out Waiter? before))
            Tell(new WaitingEnded(Next(), before.Id, request.Identity, EndReason.Replaced));

        WaitReason reason;
        if (_now < _doors && request.Role != Role.Moderator)
            reason = WaitReason.DoorsClosed;
        else if (HasPlaceFor(request))
            return Enter(id, request, out participant);
        else if (Settings.WaitingList)
            reason = WaitReason.RoomFull;
        else
            return RoomError.RoomFull;

        if (_waiting.Count >= RoomBounds.Identities)
            return RoomError.TooMany;
        waiter = new Waiter(id, request, reason);
        _waiting.Add(request.Identity, waiter);
        Tell(new Waiting(Next(), id, request.Identity, reason, _waiting.Count));
        return RoomError.None;
    }

    /// <summary>Whoever waits has gone.</summary>
    public void StopWaiting(Waiter waiter)
    {
        if (_waiting.TryGetValue(waiter.Request.Identity, out Waiter? waits) && waits.Id == waiter.Id)
        {
            _waiting.Remove(waiter.Request.Identity);
            Tell(new WaitingEnded(Next(), waiter.Id, waiter.Request.Identity, EndReason.Left));
        }
    }

    /// <param name="reason">What others are told.</param>
    public void Leave(Participant participant, EndReason reason = EndReason.Left)
    {
        if (!IsInside(participant))
            return;
        TakeOut(participant, reason);
        AdmitWaiting();
        if (_now >= EndDeadline)
            EndOrPromote();
    }

    /// <summary>Lets an identity into the private room.</summary>
    public RoomError Admit(Participant? by, string identity)
    {
        if (!MayModerate(by))
            return RoomError.RoleForbids;
        return _admissions.Admit(identity) ? RoomError.None : RoomError.TooMany;
    }

    /// <param name="code">Hard to guess.</param>
    /// <param name="uses">1 or more.</param>
    public RoomError AddInviteCode(Participant? by, string code, int uses)
    {
        if (!MayModerate(by))
            return RoomError.RoleForbids;
        return _admissions.Add(new InviteCode(code, uses, by?.Identity ?? "")) ? RoomError.None : RoomError.TooMany;
    }

    public bool RevokeInviteCode(Participant? by, string code) => MayModerate(by) && _admissions.Revoke(code);

    /// <summary>Those who may take the stage find a place even when the audience is full.</summary>
    private bool HasPlaceFor(JoinRequest request) =>
        HasPlace || (request.Role != Role.Audience && _roster.Count < Settings.MaxAudience + Settings.MaxStage);

    private RoomError Enter(string id, JoinRequest request, out Participant participant)
    {
        uint csrc;
        do
            csrc = _randomCsrc();
        while (!_roster.Reserve(csrc));

        participant = new Participant(id, request, csrc) { MuteLocked = _muteLocked.Contains(request.Identity) };
        _roster.Add(participant);
        _entered = true;
        Tell(new ParticipantJoined(Next(), participant.ToProfile()));
        if (request.OnStage && request.Role != Role.Audience)
            TakeStage(participant);
        return RoomError.None;
    }

    private void TakeOut(Participant participant, EndReason reason)
    {
        StepOff(participant);
        ForgetWishes(participant);
        bool moderated = participant.Role == Role.Moderator;
        _roster.Remove(participant);
        NoteWhoIsLeft(moderated);
        Tell(new ParticipantLeft(Next(), participant.Id, participant.Identity, reason));
    }

    private void AdmitWaiting()
    {
        if (_now < _doors)
            return;
        _opened = true;
        while (_waiting.Count > 0 && HasPlaceFor(_waiting.GetAt(0).Value.Request))
        {
            Waiter next = _waiting.GetAt(0).Value;
            _waiting.RemoveAt(0);
            Enter(next.Id, next.Request, out _);
        }
    }
}
