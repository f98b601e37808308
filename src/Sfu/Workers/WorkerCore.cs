using Sfu.Demux;
using Sfu.Diagnostics;
using Sfu.Dtls;
using Sfu.FanOut;
using Sfu.Ice;
using Sfu.Net;
using Sfu.Peers;
using Sfu.Rtcp;
using Sfu.Rtp;
using Sfu.Slots;
using Sfu.Srtp;
using Sfu.Stun;
using Sfu.Time;
using Sfu.Timers;

namespace Sfu.Workers;

/// <summary>A worker without its thread and sockets: datagrams, crossings, commands and the time in, datagrams out.</summary>
/// <remarks>
/// One thread calls it. Receiving only notes what listeners are to get; <see cref="FanOut"/> sends it, a chunk at a
/// time, so that a large audience never holds up reception. What the control plane asks for is in WorkerCore.Commands.cs.
/// </remarks>
internal sealed partial class WorkerCore : IRoomWorker, IDisposable
{
    /// <summary>Listeners visited between two looks at the sockets: about 1 ms at 3 to 5 us for each message.</summary>
    private const int FanOutChunk = 256;

    /// <summary>Sender reports written in one go, for the same reason.</summary>
    private const int ReportChunk = 64;

    /// <summary>Bytes of a receiver report with one block, and of the CNAME behind it.</summary>
    private const int MaxReceiverReport = 64;

    /// <summary>
    /// A path on which a peer was heard so lately is its own: whoever forges the address of somebody else does not get it. Clients
    /// are heard every few seconds (RFC 7675 5.1).
    /// </summary>
    private static readonly TimeSpan PathHold = TimeSpan.FromSeconds(10);

    private readonly PeerTable _peers = new();
    private readonly FragmentTable<Peer> _fragments = new();
    private readonly Dictionary<long, RoomShard> _rooms = [];
    private readonly Queue<RoomShard> _fanOut = new();
    private readonly TimerWheel _timers;
    private readonly Action<Peer, Instant> _onPeerDue;
    private readonly IDatagramSender _sender;
    private readonly TagBatch _tags;
    private readonly IHandshakes _handshakes;
    private readonly IHandshakeOwner _owner;
    private readonly IWorkerLinks _links;
    private readonly MediaClock _clock;
    private readonly TimeSpan _consentTimeout;
    private readonly long _firstSlotIndex;
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
        Drops = drops;
        _timers = new TimerWheel(clock.Now);
        _onPeerDue = OnPeerDue;
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
            case CrossingKind.Handshake when _peers.TryFind(header.Target, out Peer? peer):
                SendTo(peer.Ice.SendPath, payload);
                break;
            default:
                // The room or the peer has gone while this was under way.
                Drops.Count(DropReason.UnknownTarget);
                break;
        }
    }

    /// <summary>Sends one chunk of what waits, of the first room whose pace allows it; call again while <see cref="HasFanOut"/>.</summary>
    public void FanOut()
    {
        if (!HasFanOut)
            return;

        Instant start = _clock.Now;
        _fanOutDue = Instant.Never;
        for (int i = _fanOut.Count; i > 0; i--)
        {
            RoomShard room = _fanOut.Dequeue();
            if (!room.Audience.HasWork)
            {
                // Everybody has left meanwhile.
                room.IsQueued = false;
                continue;
            }

            int visits = room.Audience.TakeVisits(start, FanOutChunk, out Instant next);
            if (visits > 0)
            {
                Visit(room, visits, start);
                return;
            }

            _fanOut.Enqueue(room);
            _fanOutDue = Instant.Min(_fanOutDue, next);
        }
    }

    void IRoomWorker.OnReportsDue(RoomShard room, Instant now)
    {
        room.Audience.WriteReports(now, _clock, ReportChunk, _sender);
        if (room.Audience.ReportDeadline != Instant.Never)
            _timers.Schedule(room, room.Audience.ReportDeadline);
    }

    public void Advance(Instant now) => _timers.Advance(now);

    void IRoomWorker.Publish(int worker, RoomShard room, in SlotPacketHeader header, ReadOnlySpan<byte> payload)
    {
        var crossing = new CrossingHeader { Kind = CrossingKind.Slot, Target = room.Key, Slot = header };
        if (!_links.TryPost(worker, crossing, payload))
            Drops.Count(DropReason.MailboxFull);
    }

    void IRoomWorker.QueueFanOut(RoomShard room)
    {
        if (room.IsQueued)
            return;
        room.IsQueued = true;
        _fanOut.Enqueue(room);
        _fanOutDue = default;
    }

    public void Dispose()
    {
        foreach (Peer peer in _peers.All)
            peer.Dispose();
    }

    private void Visit(RoomShard room, int visits, Instant start)
    {
        room.Audience.DropOverdue(start);
        bool more = room.Audience.Step(visits, _sender, Drops, _tags);
        _sender.Flush();
        room.Audience.Worked(_clock.Now - start, visits);
        if (more)
            _fanOut.Enqueue(room);
        else
            room.IsQueued = false;

        _fanOutDue = start;
        if (room.Audience.ReportDeadline < room.Due)
            _timers.Schedule(room, room.Audience.ReportDeadline);
    }

    private DropReason ReceiveStun(ReadOnlySpan<byte> datagram, in NetworkPath from, Instant now)
    {
        DropReason reason = StunMessage.TryRead(datagram, out StunMessage message);
        if (reason != DropReason.None)
            return reason;
        if (!_fragments.TryFind(message.Username, out Peer? peer))
            return DropReason.StunUnknownUser;
        if (IsHeldByAnother(from, peer, now))
            return DropReason.StunPathTaken;

        IceResult result = peer.Ice.Handle(message, from, now, _sender.Reserve(IceLiteAgent.MaxResponseLength), out int written);
        if (written > 0)
            _sender.Commit(from, written, written);
        if (result.Drop != DropReason.None)
            return result.Drop;

        // Also when the path is an old one: somebody else may have had it in between. Indications need not be authentic.
        if (message.Type == StunMessageType.BindingRequest)
            _peers.AddPath(from, peer);
        if (!result.Evicted.IsEmpty)
            _peers.RemovePath(result.Evicted, peer);
        if (result.Retired is { } retired)
            _fragments.Remove(retired.UsernameFragment);
        peer.FollowPath();
        ResumeWithConsent(peer, now);
        return DropReason.None;
    }

    private bool IsHeldByAnother(in NetworkPath path, Peer peer, Instant now) =>
        _peers.TryFind(path, out Peer? owner) && owner != peer && owner.Ice.WasHeard(path, now - PathHold);

    private DropReason ReceiveDtls(ReadOnlySpan<byte> datagram, in NetworkPath from)
    {
        if (!_peers.TryFind(from, out Peer? peer))
            return DropReason.UnknownSender;
        if (!peer.HandshakeDone)
        {
            peer.HandshakeBegun = peer.HandshakeBegun || _handshakes.Begin(peer.Key, _owner);
            return peer.HandshakeBegun ? _handshakes.Receive(peer.Key, _owner, datagram) : DropReason.DtlsQueueFull;
        }

        if (!DtlsFinalFlight.IsRetransmissionOfHandshake(datagram) || !peer.TryRepeatFinalFlight(out DtlsFinalFlight? flight))
            return DropReason.DtlsUnexpected;

        SendTo(from, flight.Datagram);
        return DropReason.None;
    }

    private DropReason ReceiveRtp(Span<byte> datagram, in NetworkPath from, Instant now)
    {
        if (!_peers.TryFind(from, out Peer? peer))
            return DropReason.UnknownSender;
        if (peer.Receiver is not { } receiver)
            return DropReason.SrtpNoKeys;
        DropReason reason = RtpHeader.TryRead(datagram, out RtpHeader header);
        if (reason != DropReason.None)
            return reason;

        // Decrypted even when nobody is to hear it: the rollover counter must go on (RFC 3711 3.3.1).
        reason = receiver.Unprotect(datagram, header.Length, out int length, out long index);
        if (reason != DropReason.None)
            return reason;

        peer.Ice.Heard(from, now);
        ResumeWithConsent(peer, now);
        reason = peer.Microphone.Read(datagram[..length], index, now, out SpeakerPacket packet);
        Reschedule(peer);
        return reason == DropReason.None ? Speak(peer, packet, now) : reason;
    }

    /// <summary>To the stage of the peer's room, wherever its home is.</summary>
    private DropReason Speak(Peer peer, in SpeakerPacket packet, Instant now)
    {
        RoomShard room = peer.Room;
        if (room.Stage is { } stage)
            return stage.Receive(peer.Csrc, packet, now);
        if (packet.Payload.Length > MediaConstants.MaxPayload)
            return DropReason.RtpPayloadTooLarge;

        var header = new CrossingHeader
        {
            Kind = CrossingKind.Speaker,
            Target = room.Key,
            Speaker = new SpeakerHeader(peer.Csrc, packet),
        };
        return _links.TryPost(room.Home, header, packet.Payload) ? DropReason.None : DropReason.MailboxFull;
    }

    private DropReason ReceiveRtcp(Span<byte> datagram, in NetworkPath from, Instant now)
    {
        if (!_peers.TryFind(from, out Peer? peer))
            return DropReason.UnknownSender;
        if (peer.Receiver is not { } receiver)
            return DropReason.SrtpNoKeys;
        DropReason reason = receiver.UnprotectRtcp(datagram, out int length);
        if (reason != DropReason.None)
            return reason;

        peer.Ice.Heard(from, now);
        ResumeWithConsent(peer, now);
        return peer.ReceiveRtcp(datagram[..length], now, Media);
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

    private void SendReceiverReport(Peer peer, SrtpSender sender, Instant now)
    {
        if (!peer.Microphone.TryTakeReport(now, out ReportBlock block) || peer.State != MediaState.Connected || peer.Ice.SendPath.IsEmpty)
            return;

        Span<byte> packet = _sender.Reserve(MaxReceiverReport + sender.RtcpOverhead);
        var writer = new RtcpWriter(packet);
        writer.TryWriteReceiverReport(MediaConstants.ReceiverSsrc, block);
        writer.TryWriteCname(MediaConstants.ReceiverSsrc, MediaConstants.Cname);
        int length = sender.ProtectRtcp(packet, writer.Length);
        _sender.Commit(peer.Ice.SendPath, length, length);
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
