using Sfu.Net;

namespace Sfu.FanOut;

/// <summary>Decides which waiting segments share a message.</summary>
/// <remarks>
/// A message is a run of datagrams of equal size, the last of which may be shorter (UDP_SEGMENT), so smaller packets are padded
/// (RFC 3550 5.1). The rule: go through the queues and take each one's segments as long as all that is taken lies within
/// <see cref="MaxPadding"/> bytes of each other; then end the message with one that need not be padded: a much smaller segment
/// that waits at the head of a queue, else the smallest of the segments that are the last of their queue. The rest goes into the
/// next message in the same way. A queue's segments keep their order.
/// </remarks>
internal sealed class MessageComposer(SegmentQueues queues)
{
    /// <summary>
    /// Bytes by which a packet grows at most rather than to cost a message of its own. A message costs about 1.6 us of a core more
    /// than a segment; 200 bytes hold up a gigabit line for as long.
    /// </summary>
    public const int MaxPadding = 200;

    /// <summary>Numbers of segments in the order in which the message carries them.</summary>
    private readonly int[] _message = new int[SendRing.MaxSegments];

    /// <summary>Takes the next message's segments off the queues, one of which must not be empty.</summary>
    /// <param name="overhead">What protection adds to each.</param>
    /// <param name="segmentLength">What every segment but the last is padded to, before protection.</param>
    /// <returns>Numbers of segments; valid until the next call.</returns>
    public ReadOnlySpan<int> Compose(int overhead, out int segmentLength)
    {
        ReadOnlySpan<ListenerSegment> segments = queues.Segments;
        int count = 0;
        int smallest = int.MaxValue;
        int largest = 0;
        int unpadded = SegmentQueues.None;
        for (int queue = 0; queue < queues.Count; queue++)
        {
            int taken = count;
            while (!queues.IsEmpty(queue))
            {
                int length = segments[queues.Head(queue)].Length;
                int low = Math.Min(smallest, length);
                int high = Math.Max(largest, length);
                if (high - low > MaxPadding || !HasRoom(count, high + overhead))
                    break;

                smallest = low;
                largest = high;
                _message[count++] = queues.Take(queue);
            }

            if (count > taken && (unpadded == SegmentQueues.None || Length(count - 1) < Length(unpadded)))
                unpadded = count - 1;
        }

        segmentLength = largest;
        int last = HasRoom(count, largest + overhead) ? queues.FindShorterHead(largest) : SegmentQueues.None;
        if (last != SegmentQueues.None)
            _message[count++] = queues.Take(last);
        else
            MoveToEnd(unpadded, count);
        return _message.AsSpan(0, count);
    }

    private static bool HasRoom(int count, int datagramLength) =>
        count < SendRing.MaxSegments && (count + 1) * datagramLength <= SendRing.MaxMessageLength;

    private int Length(int place) => queues.Segments[_message[place]].Length;

    private void MoveToEnd(int place, int count)
    {
        int segment = _message[place];
        _message.AsSpan(place + 1, count - place - 1).CopyTo(_message.AsSpan(place));
        _message[count - 1] = segment;
    }
}
