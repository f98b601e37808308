using System.Security.Cryptography;
using Sfu.Ice;
using Sfu.Peers;
using Sfu.Rooms;
using Sfu.Sdp;
using Sfu.Workers;

namespace Sfu.Node;

/// <summary>One person's stay in a room: presence, media and nothing of the transport that signals for it.</summary>
/// <remarks>Thread-safe. It lives until <see cref="End"/>, so a lost WebSocket does not interrupt the audio.</remarks>
public sealed class Session : IPeerObserver
{
    private readonly RoomHost _room;
    private readonly Participant _participant;
    private readonly Worker _worker;
    private readonly long _peerKey;
    private readonly ulong _sdpSessionId;
    private volatile ISessionObserver _observer;
    private volatile MediaState _mediaState;
    private volatile bool _hasRedundancy;
    private ClientOffer? _clientOffer;
    private int _generation;
    private bool _ended;

    internal Session(RoomHost room, Participant participant, Worker worker, long peerKey, ISessionObserver observer)
    {
        _room = room;
        _participant = participant;
        _worker = worker;
        _peerKey = peerKey;
        _observer = observer;
        // 63 bits: RFC 8866 5.2 wants a number, and some parsers read it as signed.
        _sdpSessionId = (ulong)RandomNumberGenerator.GetInt32(int.MaxValue) << 31 | (uint)RandomNumberGenerator.GetInt32(int.MaxValue);
    }

    public string Id => _participant.Id;

    public string Identity => _participant.Identity;

    public string Name => _participant.Name;

    public Role Role => _participant.Role;

    public bool OnStage => _participant.OnStage;

    public bool Muted => _participant.Muted;

    /// <inheritdoc cref="Participant.MuteLocked"/>
    public bool MuteLocked => _participant.MuteLocked;

    /// <summary>What names this person in RTP while on the stage; fixed for the session.</summary>
    public uint Csrc => _participant.Csrc;

    /// <summary>False in a silent room: make no offer.</summary>
    public bool HasAudio => _room.Room.Settings.Profile != RoomProfile.Silent;

    public MediaState MediaState => _mediaState;

    /// <summary>The client is sent RED, since its line loses.</summary>
    public bool HasRedundancy => _hasRedundancy;

    internal Participant Participant => _participant;

    internal Worker Worker => _worker;

    internal long PeerKey => _peerKey;

    /// <summary>Guarded by the room's gate: the worker knows of this session's peer.</summary>
    internal bool HasPeer => _generation > 0;

    public RoomSnapshot Snapshot()
    {
        lock (_room.Gate)
            return _room.Room.Snapshot();
    }

    /// <summary>Replaces whoever observes, as when a client resumes on another WebSocket.</summary>
    /// <returns>A snapshot; the new observer gets every event after its revision and none before.</returns>
    public RoomSnapshot Observe(ISessionObserver observer)
    {
        lock (_room.Gate)
        {
            _observer = observer;
            return _room.Room.Snapshot();
        }
    }

    /// <summary>The first SDP offer, of generation 1; call it once, and only with <see cref="HasAudio"/>.</summary>
    public Offer CreateOffer()
    {
        lock (_room.Gate)
        {
            IceCredentials ice = NextGeneration();
            if (!_ended)
                _room.AddPeer(this, ice);
            return WriteOffer(ice);
        }
    }

    /// <summary>A new offer whose only difference is new ICE credentials (RFC 8445 section 9), after the first one; the audio goes on meanwhile.</summary>
    public Offer RestartIce()
    {
        lock (_room.Gate)
        {
            IceCredentials ice = NextGeneration();
            _worker.Post((core, _) => core.RestartIce(_peerKey, ice));
            return WriteOffer(ice);
        }
    }

    /// <summary>Answers a client's own offer, in place of <see cref="CreateOffer"/>; call it once, and only with <see cref="HasAudio"/>.</summary>
    public OfferReply Accept(ClientOffer offer)
    {
        lock (_room.Gate)
        {
            IceCredentials ice = NextGeneration();
            _clientOffer = offer;
            if (!_ended)
                _room.AddPeer(this, ice);
            Apply(offer.ToAnswer(_room.Room.Settings.Slots));
            return new OfferReply(_generation, AnswerWriter.Write(Describe(ice), offer));
        }
    }

    /// <summary>A client that offered restarts ICE (RFC 9725 section 4.3.3); the audio goes on meanwhile.</summary>
    /// <param name="remote">The client's new credentials.</param>
    /// <returns>Ours, in a fragment.</returns>
    public OfferReply RestartIce(IceCredentials remote)
    {
        lock (_room.Gate)
        {
            ClientOffer offer = _clientOffer ?? throw new InvalidOperationException("The client has not offered.");
            IceCredentials ice = NextGeneration();
            _worker.Post((core, _) => core.RestartIce(_peerKey, ice));
            Apply(offer.ToAnswer(_room.Room.Settings.Slots) with { Ice = remote });
            return new OfferReply(_generation, IceFragmentWriter.Write(Describe(ice), offer));
        }
    }

    /// <returns>Null when the answer was taken, else what is wrong with it.</returns>
    public SdpError? Answer(int generation, string sdp)
    {
        if (!AnswerReader.TryRead(sdp, _room.Room.Settings.Slots, out Answer? answer, out SdpError? error))
            return error;

        lock (_room.Gate)
        {
            if (generation != _generation)
                return new SdpError("answer-wrong-generation", $"The newest offer is of generation {_generation}; answer that one.", 0);
            Apply(answer!);
            return null;
        }
    }

    /// <summary>Hears fewer slots from now on, or more again: those that come first by dominance. After <see cref="CreateOffer"/>.</summary>
    /// <param name="slots">1 is the dominant speaker alone; as many as the room has, or more, is everything.</param>
    public void Listen(int slots)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(slots, 1);
        _worker.Post((core, _) => core.LimitSlots(_peerKey, slots));
    }

    /// <summary>What this person does in the room.</summary>
    /// <param name="command">Gets the room and this person; runs under the room's lock, and keeps neither.</param>
    public RoomError Act(Func<Room, Participant, RoomError> command) => _room.Act(room => command(room, _participant));

    /// <summary>Idempotent; the observer hears of it.</summary>
    public void End(EndReason reason) => Act((room, self) =>
    {
        room.Leave(self, reason);
        return RoomError.None;
    });

    void IPeerObserver.OnMediaState(MediaState state)
    {
        _mediaState = state;
        _observer.OnMediaState(state);
    }

    void IPeerObserver.OnRedundancy(bool isOn)
    {
        _hasRedundancy = isOn;
        _observer.OnRedundancy(isOn);
    }

    // Ending takes the room's lock, whose holder may be waiting for room in the worker's mailbox: never on the worker's thread.
    void IPeerObserver.OnFingerprintMismatch() =>
        ThreadPool.UnsafeQueueUserWorkItem(static session => session.End(EndReason.FingerprintMismatch), this, preferLocal: false);

    /// <summary>Under the room's lock, once.</summary>
    internal void TellEnd(EndReason reason)
    {
        _ended = true;
        _observer.OnEnded(reason);
    }

    /// <summary>Under the room's lock.</summary>
    internal void Tell(RoomEvent roomEvent) => _observer.OnRoomEvent(roomEvent);

    private IceCredentials NextGeneration()
    {
        _generation++;
        return RoutedFragment.Create(_worker.Index);
    }

    private void Apply(Answer answer) => _worker.Post((core, _) => core.ApplyAnswer(_peerKey, answer));

    private Offer WriteOffer(IceCredentials ice) => new(_generation, OfferWriter.Write(Describe(ice)));

    private DescriptionParameters Describe(IceCredentials ice) =>
        new(_sdpSessionId, _generation, ice, _room.Fingerprint, _worker.Candidates, _room.Room.Settings.Slots)
        {
            Opus = _room.Room.Settings.Profile == RoomProfile.Music ? OpusParameters.Music : OpusParameters.Voice,
        };
}
