using Sfu.Demux;
using Sfu.Diagnostics;
using Sfu.Dtls;
using Sfu.FanOut;
using Sfu.Ice;
using Sfu.Net;
using Sfu.Opus;
using Sfu.Peers;
using Sfu.Srtp;
using Sfu.Time;
using Sfu.Timers;

namespace Sfu.Workers;

/// <summary>A worker without its thread and sockets: datagrams, crossings, commands and the time in, datagrams out.</summary>
/// <remarks>
/// One thread calls it. Receiving only notes what listeners are to get; <see cref="FanOut"/> sends it, a chunk at a
/// time, so that a large audience never holds up reception. What the control plane asks for is in WorkerCore.Commands.cs,
/// what each datagram does in WorkerCore.Receive.cs, the sending in WorkerCore.FanOut.cs and, to publishers, in WorkerCore.Feedback.cs.
/// </remarks>
internal sealed partial class WorkerCore : IRoomWorker, IDisposable
{
    /// <summary>Listeners visited between two looks at the sockets: about 1 ms at 3 to 5 us for each message.</summary>
    private const int FanOutChunk = 256;

    /// <summary>Sender reports written in one go, for the same reason.</summary>
    private const int ReportChunk = 64;

    /// <summary>
    /// A path on which a peer was heard so lately is its own: whoever forges the address of somebody else does not get it. Clients
    /// are heard every few seconds (RFC 7675 5.1).
    /// </summary>
    private static readonly TimeSpan PathHold = TimeSpan.FromSeconds(10);

    private readonly PeerTable _peers = new();
    private readonly FragmentTable<Peer> _fragments = new();
    private readonly Dictionary<long, RoomShard> _rooms = [];

    /// <summary>Peers that have spoken, by room and CSRC.</summary>
    private readonly Dictionary<(long Room, uint Csrc), Peer> _publishers = [];
    private readonly Queue<RoomShard> _fanOut = new();
    private readonly TimerWheel _timers;
    private readonly LevelMeters _levelMeters;
    private readonly Action<Peer, Instant> _onPeerDue;
    private readonly IDatagramSender _sender;
    private readonly TagBatch _tags;
    private readonly IHandshakes _handshakes;
    private readonly IHandshakeOwner _owner;
    private readonly IWorkerLinks _links;
    private readonly MediaClock _clock;
    private readonly TimeSpan _consentTimeout;
    private readonly long _firstSlotIndex;
    private readonly DownlinkFeedback _feedback;
    private Instant _fanOutDue;

    /// <param name="tags">Of the worker; <paramref name="sender"/> completes it before it sends.</param>
    public WorkerCore(
        int index,
        SfuOptions options,
        IDatagramSender sender,
        TagBatch tags,
        IHandshakes handshakes,
        IHandshakeOwner owner,
        IWorkerLinks links,
        MediaClock clock,
        DropCounters drops)
    {
        Index = index;
        _sender = sender;
        _tags = tags;
        _handshakes = handshakes;
        _owner = owner;
        _links = links;
        _clock = clock;
        _consentTimeout = options.ConsentTimeout;
        _firstSlotIndex = options.FirstSlotIndex;
        _levelMeters = new LevelMeters(options.CreateOpusDecoder ?? OpusDecoders.Default);
        Drops = drops;
        _timers = new TimerWheel(clock.Now);
        _onPeerDue = OnPeerDue;
        _feedback = new DownlinkFeedback(sender, tags, drops, Media);
    }

    public int Index { get; }

    public DropCounters Drops { get; }

    public MediaCounters Media { get; } = new();

    /// <summary>True while listeners wait for packets.</summary>
    public bool HasFanOut => _fanOut.Count > 0;

    /// <summary>When <see cref="FanOut"/> has something to do: an instant that has passed, unless all that wait are to ride with later packets.</summary>
    public Instant FanOutDue => HasFanOut ? _fanOutDue : Instant.Never;

    public Instant Deadline => _timers.Next;

    /// <param name="datagram">Decrypted in place.</param>
    /// <param name="from">The socket it came in by and its source.</param>
    /// <param name="now">Read once for the batch it came in.</param>
    public void Receive(Span<byte> datagram, in NetworkPath from, Instant now)
    {
        DropReason reason = DatagramClassifier.Classify(datagram) switch
        {
            DatagramKind.Rtp => ReceiveRtp(datagram, from, now),
            DatagramKind.Stun => ReceiveStun(datagram, from, now),
            DatagramKind.Rtcp => ReceiveRtcp(datagram, from, now),
            DatagramKind.Dtls => ReceiveDtls(datagram, from),
            _ => datagram.IsEmpty ? DropReason.EmptyDatagram : DropReason.UnknownProtocol,
        };
        if (reason != DropReason.None)
            Drops.Count(reason);
    }

    /// <summary>Takes what another worker or a handshake thread copied into our mailbox.</summary>
    public void ReceiveCrossing(in CrossingHeader header, ReadOnlySpan<byte> payload, Instant now)
    {
        switch (header.Kind)
        {
            case CrossingKind.Speaker when _rooms.TryGetValue(header.Target, out RoomShard? room) && room.Stage is { } stage:
                DropReason reason = stage.Receive(header.Speaker.Csrc, header.Speaker.ToPacket(payload), now);
                if (reason != DropReason.None)
                    Drops.Count(reason);
                break;
            case CrossingKind.Slot when _rooms.TryGetValue(header.Target, out RoomShard? room):
                room.Deliver(header.Slot, payload);
                break;
            case CrossingKind.ListenerLoss when _rooms.TryGetValue(header.Target, out RoomShard? room) && room.RoomLosses is { } losses:
                TakeLosses(room, losses, header.Worker, payload, now);
                break;
            case CrossingKind.PublisherLoss:
                TellPublishers(header.Target, payload, now);
                break;
            case CrossingKind.Handshake when _peers.TryFind(header.Target, out Peer? peer):
                SendTo(peer.Ice.SendPath, payload);
                break;
            default:
                // The room or the peer has gone while this was under way.
                Drops.Count(DropReason.UnknownTarget);
                break;
        }
    }

    public void Advance(Instant now) => _timers.Advance(now);

    public void Dispose()
    {
        foreach (Peer peer in _peers.All)
            peer.Dispose();
    }

    /// <summary>Turns a finished handshake and an answer into keys, whichever of the two came last.</summary>
    private void TryEstablish(Peer peer)
    {
        switch (peer.TryEstablish())
        {
            case EstablishOutcome.FingerprintMismatch:
                Drops.Count(DropReason.DtlsFingerprintMismatch);
                RemovePeer(peer.Key);
                peer.TellFingerprintMismatch();
                break;
            case EstablishOutcome.Established:
                peer.Room.Audience.Add(peer.Listener!);
                peer.Enter(MediaState.Connected);
                Reschedule(peer);
                break;
        }
    }

    /// <summary>
    /// Only ever earlier: a deadline that moves on with each packet is looked at again when the old one comes, which costs
    /// nothing for a packet.
    /// </summary>
    private void Reschedule(Peer peer)
    {
        if (peer.Deadline < peer.Due)
            _timers.Schedule(peer, peer.Deadline);
    }

    /// <summary>Nothing is sent without consent (RFC 7675 5.1); the listener's sequence goes on without a hole when it is back.</summary>
    private static void Suspend(Peer peer)
    {
        peer.Listener?.Paused = true;
        peer.Enter(MediaState.Disconnected);
    }

    private void ResumeWithConsent(Peer peer, Instant now)
    {
        if (peer.State != MediaState.Disconnected || !peer.Ice.HasConsent(now))
            return;
        peer.Listener?.Paused = false;
        peer.Enter(MediaState.Connected);
        Reschedule(peer);
    }

    /// <summary>Sends one datagram to a path that ICE has authenticated.</summary>
    private void SendTo(in NetworkPath path, ReadOnlySpan<byte> datagram)
    {
        if (path.IsEmpty)
            return;
        datagram.CopyTo(_sender.Reserve(datagram.Length));
        _sender.Commit(path, datagram.Length, datagram.Length);
    }
}
