using Sfu.Dtls;
using Sfu.Ice;
using Sfu.Rooms;
using Sfu.Time;
using Sfu.Workers;

namespace Sfu.Node;

/// <summary>Joins a room's domain to its media: what the domain decides, the workers are told.</summary>
/// <remarks>
/// <see cref="Gate"/> guards the domain and the order of commands. It belongs to the control plane; no worker thread ever takes it.
/// </remarks>
internal sealed class RoomHost(Room room, long key, Worker home, WorkerGroup workers, int slots)
{
    private readonly Dictionary<string, Session> _sessions = new(StringComparer.Ordinal);
    private readonly int[] _peersOnWorker = new int[workers.Count];
    public Lock Gate { get; } = new();

    public Room Room { get; } = room;

    public int Slots { get; } = slots;

    public Fingerprint Fingerprint => workers.Fingerprint;

    /// <summary>Set when the last one has left; a join that finds it so makes a new room.</summary>
    public bool Closed { get; private set; }

    /// <summary>Once, before anybody joins.</summary>
    public void Open() => home.Post((core, _) => core.OpenRoom(key, home.Index, Slots));

    /// <summary>Under <see cref="Gate"/>. Ends an older stay of the same identity first.</summary>
    /// <returns>Null when the room is full.</returns>
    public Session? Join(JoinRequest request, string id, long peerKey, ISessionObserver observer)
    {
        if (Room.TryFind(request.Identity, out Participant? older))
            _sessions[older.Id].End(EndReason.Replaced);

        Participant? participant = Room.Join(id, request.Identity, request.Name, request.Role);
        if (participant is null)
        {
            CloseWhenEmpty();
            return null;
        }

        var session = new Session(this, participant, workers.LeastLoaded(), peerKey, observer);
        session.Worker.CountSessions(+1);
        _sessions.Add(id, session);
        if (request.OnStage)
            TakeStage(session);
        return session;
    }

    /// <summary>Under <see cref="Gate"/>.</summary>
    public void AddPeer(Session session, IceCredentials ice)
    {
        int index = session.Worker.Index;
        if (_peersOnWorker[index]++ == 0 && index != home.Index)
        {
            session.Worker.Post((core, _) => core.OpenRoom(key, home.Index, Slots));
            home.Post((core, _) => core.Subscribe(key, index));
        }

        uint csrc = session.Csrc;
        long peerKey = session.PeerKey;
        session.Worker.Post((core, _) => core.AddPeer(key, peerKey, ice, csrc, session));
    }

    public StageError TakeStage(Session session, bool muted = false)
    {
        lock (Gate)
        {
            StageError error = Room.TakeStage(session.Participant, muted);
            if (error != StageError.None)
                return error;
            uint csrc = session.Csrc;
            bool isMuted = session.Muted;
            home.Post((core, _) =>
            {
                // In one command: nobody who comes muted is heard in between.
                core.AddSpeaker(key, csrc);
                core.SetMuted(key, csrc, isMuted);
            });
            TellEvents();
            return StageError.None;
        }
    }

    public void LeaveStage(Session session)
    {
        lock (Gate)
        {
            if (!session.OnStage)
                return;
            Room.LeaveStage(session.Participant);
            uint csrc = session.Csrc;
            home.Post((core, _) => core.RemoveSpeaker(key, csrc));
            TellEvents();
        }
    }

    public void SetMuted(Session session, bool muted)
    {
        lock (Gate)
        {
            Room.SetMuted(session.Participant, muted);
            uint csrc = session.Csrc;
            bool isMuted = session.Muted;
            home.Post((core, _) => core.SetMuted(key, csrc, isMuted));
            TellEvents();
        }
    }

    /// <summary>Under <see cref="Gate"/>.</summary>
    public void Leave(Session session, bool closeWhenEmpty)
    {
        LeaveStage(session);
        Room.Leave(session.Participant);
        _sessions.Remove(session.Id);
        session.Worker.CountSessions(-1);
        if (session.HasPeer)
            RemovePeer(session);
        if (closeWhenEmpty)
            CloseWhenEmpty();
    }

    public void Tick(Instant now)
    {
        lock (Gate)
        {
            Room.Tick(now);
            TellEvents();
        }
    }

    public void EndAll(EndReason reason)
    {
        lock (Gate)
        {
            foreach (Session session in _sessions.Values.ToArray())
                session.End(reason);
        }
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

    private void CloseWhenEmpty()
    {
        if (Room.Count > 0 || Closed)
            return;
        Closed = true;
        home.Post((core, _) => core.CloseRoom(key));
    }

    private void TellEvents()
    {
        while (Room.TryTakeEvent(out RoomEvent? roomEvent))
        {
            foreach (Session session in _sessions.Values)
                session.Tell(roomEvent);
        }
    }
}
