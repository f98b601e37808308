using System.Diagnostics;
using Sfu.Diagnostics;
using Sfu.Net;
using Sfu.Slots;
using Sfu.Srtp;

namespace Sfu.FanOut;

/// <summary>Everything that waits for one listener, sent in as few messages as possible: gathered, composed, written.</summary>
/// <remarks>One batch serves all listeners of an audience, one after the other.</remarks>
internal sealed class ListenerBatch
{
    private readonly SegmentQueues _queues;
    private readonly SegmentGatherer _gatherer;
    private readonly MessageComposer _composer;
    private readonly SegmentWriter _writer;

    public ListenerBatch(SlotHistory[] histories, SegmentWriter writer)
    {
        _queues = new SegmentQueues(histories.Length);
        _gatherer = new SegmentGatherer(histories, _queues);
        _composer = new MessageComposer(_queues);
        _writer = writer;
    }

    /// <summary>Numbers and sends everything between the listener's cursors and the live edge.</summary>
    /// <param name="tags">Of the worker; to be completed before what is committed leaves.</param>
    /// <returns>True when the listener has heard a stream for the first time.</returns>
    public bool Send(Listener listener, IDatagramSender sender, DropCounters drops, TagBatch tags)
    {
        int waiting = _gatherer.Gather(listener, drops, out bool first);
        while (waiting > 0)
        {
            ReadOnlySpan<int> message = _composer.Compose(listener.Protector.RtpOverhead, out int segmentLength);
            Emit(listener, message, segmentLength, sender, tags);
            waiting -= message.Length;
        }

        return first;
    }

    private static void Note(SentPackets sent, Listener listener, in ListenerSegment segment, int padding)
    {
        int stream = listener.Dominant is null ? segment.Slot : 0;
        sent.Note(stream, segment.PacketIndex, listener.NumbersOf(stream).Highest, padding, segment.Form);
    }

    private void Emit(Listener listener, ReadOnlySpan<int> message, int segmentLength, IDatagramSender sender, TagBatch tags)
    {
        ReadOnlySpan<ListenerSegment> segments = _queues.Segments;
        int overhead = listener.Protector.RtpOverhead;
        int last = message.Length - 1;
        int total = last * (segmentLength + overhead) + segments[message[last]].Length + overhead;
        Span<byte> datagrams = sender.Reserve(total)[..total];
        SentPackets? sent = listener.Protection?.Sent;
        int offset = 0;
        for (int i = 0; i < message.Length; i++)
        {
            ref readonly ListenerSegment segment = ref segments[message[i]];
            int padding = i < last ? segmentLength - segment.Length : 0;
            if (sent is not null)
                Note(sent, listener, segment, padding);
            offset += _writer.Write(listener, segment, padding, datagrams[offset..], tags);
        }

        Debug.Assert(offset == total, "A protector's overhead is the same for every packet.");
        sender.Commit(listener.Path, total, last == 0 ? total : segmentLength + overhead);
    }
}
