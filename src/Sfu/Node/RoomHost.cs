using System.Security.Cryptography;
using Sfu.Dtls;
using Sfu.FanOut;
using Sfu.Ice;
using Sfu.Rooms;
using Sfu.Speakers;
using Sfu.Time;
using Sfu.Workers;

namespace Sfu.Node;

/// <summary>Joins a room's domain to its media and to those who are told: what the domain decides, they do.</summary>
/// <remarks>
/// <see cref="Gate"/> guards the domain and the order of commands. It belongs to the control plane; no worker thread ever takes it.
/// </remarks>
internal sealed class RoomHost(Room room, long key, Worker home, WorkerGroup workers, MediaClock clock, IRoomWatcher everyRoom)
    : ISpeakersObserver
{
    private readonly Dictionary<string, Session> _sessions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, WaitingPlace> _waiting = new(StringComparer.Ordinal);
    private readonly List<IRoomWatcher> _watchers = [];
    private readonly EventLog _log = new();
    private readonly int[] _peersOnWorker = new int[workers.Count];
    private bool _placesMoved;

    /// <summary>Written by the home worker.</summary>
    private SpeakersHeard? _heard;

    /// <summary>Of the one who calls <see cref="TellSpeakers"/>.</summary>
    private SpeakersHeard? _heardTold;

    public Lock Gate { get; } = new();

    public Room Room { get; } = room;

    public Fingerprint Fingerprint => workers.Fingerprint;

    /// <summary>Set when the room has ended; a join that finds it so makes a new room.</summary>
    public bool Closed { get; private set; }

    /// <summary>Once, before anybody joins.</summary>
    public void Open()
    {
        int slots = Room.Settings.Slots;
        home.Post((core, _) =>
        {
            core.OpenRoom(key, home.Index, slots);
            core.ObserveSpeakers(key, this);
        });
        PostPolicy();
        lock (Gate)
            TellEvents();
    }

    void ISpeakersObserver.OnSpeakers(SpeakersHeard heard) => Volatile.Write(ref _heard, heard);

    /// <summary>What the home worker has noted down since the last call, if it is another than what people know; call it ten times a second.</summary>
    public void TellSpeakers()
    {
        SpeakersHeard? heard = Volatile.Read(ref _heard);
        if (heard is null || ReferenceEquals(heard, _heardTold))
            return;
        lock (Gate)
        {
            _heardTold = heard;
            Room.NoteSpeakers(heard.Slots, heard.Dominant);
            TellEvents();
        }
    }

    /// <summary>The way of every command: the time, the command, and what comes of it.</summary>
    public RoomError Act(Func<Room, RoomError> command)
    {
        lock (Gate)
        {
            Room.Advance(clock.Now);
            RoomError error = command(Room);
            TellEvents();
            return error;
        }
    }

    /// <param name="session">Set when somebody came in.</param>
    /// <param name="place">Set when somebody has to wait.</param>
    public RoomError Join(JoinRequest request, ISessionObserver observer, out Session? session, out WaitingPlace? place)
    {
        string id = RandomNumberGenerator.GetHexString(16, lowercase: true);
        lock (Gate)
        {
            Room.Advance(clock.Now);
            RoomError error = Room.Join(id, request, out Participant? participant, out Waiter? waiter);
            session = participant is null ? null : AddSession(participant, observer);
            place = waiter is null ? null : new WaitingPlace(this, waiter, Room.Waiting, observer);
            if (place is not null)
                _waiting.Add(id, place);
            TellEvents();
            return error;
        }
    }

    /// <summary>From now on the watcher hears of every event.</summary>
    /// <param name="revision">Of the last event that the watcher knows; 0 for none.</param>
    /// <param name="missed">Those since; null when they are not held any more.</param>
    /// <returns>Null when the room has ended: there will be no event.</returns>
    public RoomSnapshot? Watch(IRoomWatcher watcher, long revision, out IReadOnlyList<RoomEvent>? missed)
    {
        lock (Gate)
        {
            missed = null;
            if (Closed)
                return null;
            _watchers.Add(watcher);
            missed = _log.After(revision, Room.Revision);
            return Room.Snapshot();
        }
    }

    public void Unwatch(IRoomWatcher watcher)
    {
        lock (Gate)
            _watchers.Remove(watcher);
    }

    /// <summary>Under <see cref="Gate"/>.</summary>
    public void AddPeer(Session session, IceCredentials ice)
    {
        int index = session.Worker.Index;
        int slots = Room.Settings.Slots;
        if (_peersOnWorker[index]++ == 0 && index != home.Index)
        {
            session.Worker.Post((core, _) => core.OpenRoom(key, home.Index, slots));
            home.Post((core, _) => core.Subscribe(key, index));
        }

        uint csrc = session.Csrc;
        long peerKey = session.PeerKey;
        session.Worker.Post((core, _) => core.AddPeer(key, peerKey, ice, csrc, session));
    }

    public void Tick()
    {
        lock (Gate)
        {
            Room.Tick(clock.Now);
            TellEvents();
            if (_placesMoved)
                TellPlaces();
        }
    }

    private void TellEvents()
    {
        while (Room.TryTakeEvent(out RoomEvent? roomEvent))
        {
            Move(roomEvent);
            // Of these only the newest matters; the others must not drive out what cannot be seen otherwise.
            if (roomEvent is not SpeakersChanged)
                _log.Add(roomEvent);
            everyRoom.OnRoomEvent(Room.Id, Room.Name, roomEvent);
            foreach (IRoomWatcher watcher in _watchers)
                watcher.OnRoomEvent(Room.Id, Room.Name, roomEvent);
            if (roomEvent is BackendEvent)
                continue;
            foreach (Session session in _sessions.Values)
            {
                if (roomEvent.IsFor(session.Participant))
                    session.Tell(roomEvent);
            }
        }
    }

    /// <summary>What an event means for media, sessions and those who wait.</summary>
    private void Move(RoomEvent roomEvent)
    {
        switch (roomEvent)
        {
            case StageJoined { Member: var member }:
                home.Post((core, _) =>
                {
                    // In one command: nobody who comes muted is heard in between.
                    core.AddSpeaker(key, member.Csrc);
                    core.SetMuted(key, member.Csrc, member.Muted);
                    SetHearing(core, member);
                });
                break;
            case StageChanged { Member: var member }:
                home.Post((core, _) =>
                {
                    core.SetMuted(key, member.Csrc, member.Muted);
                    SetHearing(core, member);
                });
                break;
            case RoomUpdated:
                PostPolicy();
                break;
            case StageLeft { Csrc: var csrc }:
                home.Post((core, _) => core.RemoveSpeaker(key, csrc));
                break;
            case ParticipantJoined { Profile.Id: var id } when _waiting.Remove(id, out WaitingPlace? place):
                _placesMoved = true;
                place.Observer.OnAdmitted(AddSession(Room.Find(id)!, place.Observer));
                break;
            case ParticipantLeft { Id: var id, Reason: var reason } when _sessions.Remove(id, out Session? session):
                RemoveSession(session, reason);
                break;
            case WaitingEnded { Id: var id, Reason: var reason } when _waiting.Remove(id, out WaitingPlace? place):
                _placesMoved = true;
                place.Observer.OnEnded(reason);
                break;
            case RoomEnded { Reason: var reason }:
                Close(reason);
                break;
        }
    }

    private void SetHearing(WorkerCore core, ParticipantProfile member) =>
        core.SetHearing(key, member.Csrc, member.Hearing == Hearing.Pinned, member.Hearing == Hearing.Excluded);

    /// <summary>In music what is steady is no noise.</summary>
    private void PostPolicy()
    {
        SelectionPolicy policy = Room.Settings.Selection;
        if (Room.Settings.Profile == RoomProfile.Music)
            policy = policy with { LearnsNoise = false };
        home.Post((core, _) => core.SetPolicy(key, policy));
    }

    private Session AddSession(Participant participant, ISessionObserver observer)
    {
        var session = new Session(this, participant, workers.LeastLoaded(), workers.NextKey(), observer);
        session.Worker.CountSessions(+1);
        _sessions.Add(participant.Id, session);
        return session;
    }

    private void RemoveSession(Session session, EndReason reason)
    {
        session.Worker.CountSessions(-1);
        if (session.HasPeer)
            RemovePeer(session);
        session.TellEnd(reason);
    }

    private void RemovePeer(Session session)
    {
        long peerKey = session.PeerKey;
        session.Worker.Post((core, _) => core.RemovePeer(peerKey));
        int index = session.Worker.Index;
        if (--_peersOnWorker[index] == 0 && index != home.Index)
        {
            session.Worker.Post((core, _) => core.CloseRoom(key));
            home.Post((core, _) => core.Unsubscribe(key, index));
        }
    }

    private void Close(EndReason reason)
    {
        foreach (Session session in _sessions.Values)
            RemoveSession(session, reason);
        foreach (WaitingPlace place in _waiting.Values)
            place.Observer.OnEnded(reason);
        _sessions.Clear();
        _waiting.Clear();
        Closed = true;
        home.Post((core, _) => core.CloseRoom(key));
    }

    /// <summary>At most once a second, like counts.</summary>
    private void TellPlaces()
    {
        _placesMoved = false;
        int position = 0;
        foreach (string id in Room.WaitingIds)
        {
            position++;
            if (_waiting.TryGetValue(id, out WaitingPlace? place) && place.Position != position)
            {
                place.Position = position;
                place.Observer.OnWaiting(position);
            }
        }
    }
}
