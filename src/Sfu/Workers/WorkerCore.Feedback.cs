using Sfu.Peers;
using Sfu.Rtcp;
using Sfu.Slots;
using Sfu.Srtp;
using Sfu.Time;

namespace Sfu.Workers;

/// <content>What publishers are told of how their packets arrive.</content>
internal sealed partial class WorkerCore
{
    /// <summary>Bytes of a receiver report with one block, of the CNAME behind it and of a NACK whose sequence numbers all lie apart.</summary>
    private const int MaxFeedback = 64 + 12 + 4 * MissingPackets.Capacity;

    private void SendReceiverReport(Peer peer, SrtpSender sender, Instant now)
    {
        if (!peer.Microphone.TryTakeReport(now, out ReportBlock block) || !MaySendTo(peer))
            return;

        Span<byte> packet = _sender.Reserve(MaxFeedback + sender.RtcpOverhead);
        var writer = new RtcpWriter(packet);
        writer.TryWriteReceiverReport(MediaConstants.ReceiverSsrc, block);
        writer.TryWriteCname(MediaConstants.ReceiverSsrc, MediaConstants.Cname);
        SendFeedback(peer, sender, packet, writer.Length);
    }

    /// <summary>An empty report comes first: without RFC 5506 feedback is part of a compound packet (RFC 4585 3.1).</summary>
    private void AskForMissing(Peer peer, SrtpSender sender, Instant now)
    {
        Span<ushort> missing = stackalloc ushort[MissingPackets.Capacity];
        int count = peer.Microphone.TakeMissing(now, missing);
        if (count == 0 || !MaySendTo(peer))
            return;

        Span<byte> packet = _sender.Reserve(MaxFeedback + sender.RtcpOverhead);
        var writer = new RtcpWriter(packet);
        writer.TryWriteReceiverReport(MediaConstants.ReceiverSsrc);
        writer.TryWriteCname(MediaConstants.ReceiverSsrc, MediaConstants.Cname);
        writer.TryWriteNack(MediaConstants.ReceiverSsrc, peer.Microphone.Ssrc, missing[..count]);
        Media.CountAsked(count);
        SendFeedback(peer, sender, packet, writer.Length);
    }

    private static bool MaySendTo(Peer peer) => peer.State == MediaState.Connected && !peer.Ice.SendPath.IsEmpty;

    private void SendFeedback(Peer peer, SrtpSender sender, Span<byte> packet, int plainLength)
    {
        int length = sender.ProtectRtcp(packet, plainLength);
        _sender.Commit(peer.Ice.SendPath, length, length);
    }
}
