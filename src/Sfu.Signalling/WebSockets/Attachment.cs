using Sfu.Node;
using Sfu.Peers;
using Sfu.Rooms;
using Sfu.Signalling.Auth;
using Sfu.Signalling.Messages;

namespace Sfu.Signalling.WebSockets;

/// <summary>Carries what a session tells to the outbox of one connection.</summary>
/// <remarks>
/// Until <see cref="Release"/> events are held back, because <c>welcome</c> comes first. The callbacks come from worker
/// threads under the room's lock; they encode at most, and enqueue.
/// </remarks>
/// <param name="admitted">Told, on a thread of its own, when the wait before the door is over.</param>
internal sealed class Attachment(Outbox outbox, EventEncoder encoder, Action<Session>? admitted = null) : ISessionObserver
{
    /// <summary>Held for the moment between a join and its welcome; more of them means that no welcome comes.</summary>
    private const int MostHeld = 1_000;

    private readonly Lock _gate = new();
    private readonly List<RoomEvent> _held = [];
    private SelfDto? _self;
    private MediaState? _heldMedia;
    private bool? _heldRedundancy;
    private EndReason? _endedUnowned;
    private ResumableSession? _owner;

    public Outbox Outbox => outbox;

    /// <summary>Names the session that hears of the end; an end that came before is passed on now.</summary>
    public void Own(ResumableSession owner)
    {
        EndReason? ended;
        lock (_gate)
        {
            _owner = owner;
            ended = _endedUnowned;
        }

        if (ended is { } reason)
            owner.OnEnded(reason);
    }

    /// <summary>Sends the first messages, and after them the held events that the snapshot does not hold yet.</summary>
    public void Release(WelcomeMessage welcome, OfferMessage? offer)
    {
        lock (_gate)
        {
            outbox.Post(welcome);
            if (offer is not null)
                outbox.Post(offer);
            _self = welcome.Self;
            foreach (RoomEvent roomEvent in _held)
            {
                if (roomEvent.Revision > welcome.Room.Revision)
                    Deliver(roomEvent);
            }

            _held.Clear();
            if (_heldMedia is { } state && Translate.Media(state) != welcome.Media)
                outbox.Post(new MediaMessage(Translate.Media(state)));
            if (_heldRedundancy is { } on && on != welcome.Redundancy)
                outbox.Post(new RedundancyMessage(on));
        }
    }

    public void OnRoomEvent(RoomEvent roomEvent)
    {
        lock (_gate)
        {
            if (_self is not null)
                Deliver(roomEvent);
            else if (_held.Count < MostHeld)
                _held.Add(roomEvent);
            else
                outbox.Complete(null, Outbox.TooSlow, "too-slow");
        }
    }

    public void OnMediaState(MediaState state)
    {
        lock (_gate)
        {
            if (_self is null)
                _heldMedia = state;
            else
                outbox.Post(new MediaMessage(Translate.Media(state)));
        }
    }

    public void OnRedundancy(bool isOn)
    {
        lock (_gate)
        {
            if (_self is null)
                _heldRedundancy = isOn;
            else
                outbox.Post(new RedundancyMessage(isOn));
        }
    }

    public void OnWaiting(int position) => outbox.Post(new PlaceMessage(position));

    public void OnAdmitted(Session session) => ThreadPool.UnsafeQueueUserWorkItem(static call => call.admitted?.Invoke(call.session), (admitted, session), preferLocal: false);

    public void OnEnded(EndReason reason)
    {
        ResumableSession? owner;
        lock (_gate)
        {
            owner = _owner;
            _endedUnowned = reason;
        }

        if (owner is not null)
            owner.OnEnded(reason);
        else if (admitted is not null)
            outbox.Complete(Farewell.Of(reason));
    }

    /// <summary>Tells the client what became of its wish, unless an event of the room has told it already.</summary>
    public void SetMuted(bool muted)
    {
        lock (_gate)
        {
            if (_self is not null)
                Tell(_self with { Muted = muted });
        }
    }

    private void Deliver(RoomEvent roomEvent)
    {
        outbox.Post(encoder.Encode(roomEvent));
        Tell(After(_self!, roomEvent));
    }

    private void Tell(SelfDto self)
    {
        if (self == _self)
            return;
        _self = self;
        outbox.Post(new SelfMessage(self));
    }

    /// <summary>From the event and not from the session, which must not be called from here.</summary>
    private static SelfDto After(SelfDto self, RoomEvent roomEvent) => roomEvent switch
    {
        StageJoined e when e.Member.Id == self.Id => OnStage(self, e.Member),
        StageChanged e when e.Member.Id == self.Id => OnStage(self, e.Member),
        StageLeft e when e.Id == self.Id => self with { OnStage = false },
        RoleChanged e when e.Id == self.Id => self with { Role = RoleNames.Of(e.Role) },
        HandRaised e when e.Hand.Id == self.Id => self with { HandRaised = true },
        HandLowered e when e.Id == self.Id => self with { HandRaised = false },
        Invited e when e.Id == self.Id => self with { Invited = true },
        InvitationEnded e when e.Id == self.Id => self with { Invited = false },
        _ => self,
    };

    private static SelfDto OnStage(SelfDto self, ParticipantProfile member)
    {
        MemberDto dto = Translate.Member(member);
        return self with { Name = dto.Name, Role = dto.Role, Muted = dto.Muted, MuteLocked = dto.MuteLocked, OnStage = true };
    }
}
