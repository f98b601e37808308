using Sfu.Diagnostics;
using Sfu.Dtls;
using Sfu.FanOut;
using Sfu.Ice;
using Sfu.Losses;
using Sfu.Net;
using Sfu.Peers;
using Sfu.Rtp;
using Sfu.Slots;
using Sfu.Stun;
using Sfu.Time;

namespace Sfu.Workers;

/// <content>What each kind of datagram does.</content>
internal sealed partial class WorkerCore
{
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
        reason = peer.Microphone.Read(datagram[..length], index, now, Media, out SpeakerPackets packets);
        Reschedule(peer);
        if (!peer.HasSpoken)
            NotePublisher(peer);
        foreach (SpeakerPacket packet in packets)
        {
            DropReason unheard = Speak(peer, packet, now);
            if (unheard != DropReason.None)
                Drops.Count(unheard);
        }

        return reason;
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
        reason = peer.ReceiveRtcp(datagram[..length], now, _clock.ToNtp(now), _feedback);
        if (peer.Room.Losses.HasReports && !peer.Room.LossTimer.IsScheduled)
            _timers.Schedule(peer.Room.LossTimer, now + ListenerLosses.Interval);
        return reason;
    }
}
