using Sfu.Rooms;
using Sfu.Sdp;

namespace Sfu.Node;

/// <summary>One person's stay in a room: presence, media and nothing of the transport that signals for it.</summary>
/// <remarks>Thread-safe. It lives until <see cref="End"/>, so a lost WebSocket does not interrupt the audio.</remarks>
public sealed class Session
{
    public string Id => throw new NotImplementedException();

    public string Identity => throw new NotImplementedException();

    public string Name => throw new NotImplementedException();

    public Role Role => throw new NotImplementedException();

    public bool OnStage => throw new NotImplementedException();

    public bool Muted => throw new NotImplementedException();

    /// <summary>What names this person in RTP while on the stage; fixed for the session.</summary>
    public uint Csrc => throw new NotImplementedException();

    public MediaState MediaState => throw new NotImplementedException();

    public RoomSnapshot Snapshot() => throw new NotImplementedException();

    /// <summary>Replaces whoever observes, as when a client resumes on another WebSocket.</summary>
    /// <returns>A snapshot; the new observer gets every event after its revision and none before.</returns>
    public RoomSnapshot Observe(ISessionObserver observer) => throw new NotImplementedException();

    /// <summary>The SDP offer. The generation starts at 1 and grows by one with each ICE restart.</summary>
    public Offer CreateOffer() => throw new NotImplementedException();

    /// <summary>A new offer whose only difference is new ICE credentials (RFC 8445 section 9); the audio goes on meanwhile.</summary>
    public Offer RestartIce() => throw new NotImplementedException();

    /// <returns>Null when the answer was taken, else what is wrong with it.</returns>
    public SdpError? Answer(int generation, string sdp) => throw new NotImplementedException();

    /// <returns>False when the role does not allow the stage.</returns>
    public bool TakeStage() => throw new NotImplementedException();

    public void LeaveStage() => throw new NotImplementedException();

    public void SetMuted(bool muted) => throw new NotImplementedException();

    /// <summary>Idempotent; the observer hears of it.</summary>
    public void End(EndReason reason) => throw new NotImplementedException();
}
