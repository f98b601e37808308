using Sfu.Diagnostics;
using Sfu.FanOut;
using Sfu.Losses;
using Sfu.Peers;
using Sfu.Rtcp;
using Sfu.Slots;
using Sfu.Srtp;
using Sfu.Time;

namespace Sfu.Workers;

/// <content>What publishers are told of how their packets arrive, here and at the listeners.</content>
internal sealed partial class WorkerCore
{
    /// <summary>Bytes of a receiver report with one block, of the CNAME behind it and of a NACK whose sequence numbers all lie apart.</summary>
    private const int MaxFeedback = 64 + 12 + 4 * MissingPackets.Capacity;

    void IRoomWorker.OnLossesDue(RoomShard room, Instant now)
    {
        Span<byte> histograms = stackalloc byte[MediaConstants.MaxSlots * LossHistogram.Length];
        histograms = histograms[..room.Losses.Length];
        room.Losses.Write(histograms);
        if (room.RoomLosses is { } losses)
        {
            TakeLosses(room, losses, Index, histograms, now);
        }
        else
        {
            var header = new CrossingHeader { Kind = CrossingKind.ListenerLoss, Target = room.Key, Worker = Index };
            if (!_links.TryPost(room.Home, header, histograms))
                Drops.Count(DropReason.MailboxFull);
        }

        room.Losses.Turn();
        if (room.Losses.HasReports)
            _timers.Schedule(room.LossTimer, now + ListenerLosses.Interval);
    }

    /// <summary>On the home worker: takes note, and once a second tells those who ride in slots, wherever they are.</summary>
    private void TakeLosses(RoomShard room, RoomLosses losses, int worker, ReadOnlySpan<byte> histograms, Instant now)
    {
        losses.Take(worker, histograms, now);
        if (!losses.IsTimeToTell(now))
            return;

        Span<byte> publishers = stackalloc byte[MediaConstants.MaxSlots * PublisherLoss.Length];
        publishers = publishers[..(room.Slots * PublisherLoss.Length)];
        for (int slot = 0; slot < room.Slots; slot++)
            new PublisherLoss(room.Stage!.SpeakerIn(slot), losses.LossOf(slot, now)).Write(publishers[(slot * PublisherLoss.Length)..]);

        TellPublishers(room.Key, publishers, now);
        var header = new CrossingHeader { Kind = CrossingKind.PublisherLoss, Target = room.Key };
        foreach (int other in room.Subscribers)
        {
            if (!_links.TryPost(other, header, publishers))
                Drops.Count(DropReason.MailboxFull);
        }
    }

    /// <summary>To those of them that are here.</summary>
    private void TellPublishers(long room, ReadOnlySpan<byte> losses, Instant now)
    {
        for (; losses.Length >= PublisherLoss.Length; losses = losses[PublisherLoss.Length..])
        {
            var loss = PublisherLoss.Read(losses);
            if (_publishers.TryGetValue((room, loss.Csrc), out Peer? peer))
                peer.Microphone.OnListenerLoss(loss.Fraction, now);
        }
    }

    private void NotePublisher(Peer peer)
    {
        peer.HasSpoken = true;
        _publishers[(peer.Room.Key, peer.Csrc)] = peer;
    }

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
