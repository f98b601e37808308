using System.Buffers.Text;
using System.Security.Cryptography;
using Sfu.Ice;
using Sfu.Node;
using Sfu.Peers;
using Sfu.Rooms;
using Sfu.Sdp;

namespace Sfu.Signalling.Whip;

/// <summary>Somebody's stay in a room by WHIP or WHEP. Nobody tells that such a client is gone but its media, so that ends the stay.</summary>
/// <remarks>
/// Thread-safe. The callbacks come from worker threads and under the room's lock: they take no lock, and leave the session alone.
/// </remarks>
/// <param name="resumeWindow">How long it may be without media.</param>
internal sealed class WhipSession(ClientOffer offer, WhipSessions sessions, TimeSpan resumeWindow, TimeProvider time) : ISessionObserver
{
    /// <summary>From the answer on; a client may trickle, and its handshake may take repeats.</summary>
    public static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(30);

    private const int IdBytes = 32;

    private readonly Lock _restarting = new();
    private IceCredentials _remote = offer.Ice;
    private volatile Session? _session;
    private volatile ITimer? _patience;
    private volatile int _generation;
    private volatile bool _ended;

    public string Id { get; } = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(IdBytes));

    public OfferPurpose Purpose => offer.Purpose;

    /// <summary>Of the ICE session; a restart makes another (RFC 9725 section 4.3.1).</summary>
    public string EntityTag => $"\"{_generation}\"";

    /// <summary>Once, by whoever joined.</summary>
    /// <returns>The answer; null when the session has ended meanwhile.</returns>
    public OfferReply? Open(Session session)
    {
        _session = session;
        _patience = time.CreateTimer(static s => ((WhipSession)s!).End(EndReason.TimedOut), this, ConnectTimeout, Timeout.InfiniteTimeSpan);
        sessions.Add(this);
        OfferReply answer = session.Accept(offer);
        _generation = answer.Generation;
        if (!_ended)
            return answer;
        Forget();
        return null;
    }

    /// <param name="remote">The client's credentials as it states them now, if it does.</param>
    public bool IsRestart(IceCredentials? remote)
    {
        lock (_restarting)
            return remote is not null && remote != _remote;
    }

    /// <param name="remote">See <see cref="IsRestart"/>.</param>
    /// <returns>Ours; null when the client's are still the same, so that nothing restarts.</returns>
    public OfferReply? Restart(IceCredentials? remote)
    {
        lock (_restarting)
        {
            if (remote is null || remote == _remote)
                return null;
            OfferReply reply = _session!.RestartIce(remote);
            _remote = remote;
            _generation = reply.Generation;
            return reply;
        }
    }

    public void End(EndReason reason) => _session?.End(reason);

    /// <summary>There is nobody to tell.</summary>
    public void OnRoomEvent(RoomEvent roomEvent)
    {
    }

    public void OnMediaState(MediaState state) => _patience?.Change(
        state switch
        {
            MediaState.Connected => Timeout.InfiniteTimeSpan,
            MediaState.Failed => TimeSpan.Zero,
            _ => resumeWindow,
        },
        Timeout.InfiniteTimeSpan);

    /// <summary>In band.</summary>
    public void OnRedundancy(bool isOn)
    {
    }

    public void OnWaiting(int position)
    {
    }

    /// <summary>The door opened just when the client was told that it is closed.</summary>
    public void OnAdmitted(Session session) =>
        ThreadPool.UnsafeQueueUserWorkItem(static s => s.End(EndReason.Left), session, preferLocal: false);

    public void OnEnded(EndReason reason)
    {
        _ended = true;
        Forget();
    }

    private void Forget()
    {
        sessions.Forget(this);
        _patience?.Dispose();
    }
}
