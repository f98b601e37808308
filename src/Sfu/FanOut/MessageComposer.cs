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

    private const int None = -1;

    /// <summary>Numbers of segments in the order in which the message carries them.</summary>
    private readonly int[] _message = new int[SendRing.MaxSegments];

    /// <summary>Takes the next message's segments off the queues, one of which must not be empty.</summary>
    /// <param name="overhead">What protection adds to each.</param>
    /// <param name="segmentLength">What every segment but the last is padded to, before protection.</param>
    /// <returns>Numbers of segments; valid until the next call.</returns>
    public ReadOnlySpan<int> Compose(int overhead, out int segmentLength)
    {
        ReadOnlySpan<ListenerSegment> segments = queues.Segments;
        Span<int> heads = queues.Heads;
        ReadOnlySpan<int> ends = queues.Ends;
        int[] message = _message;
        int count = 0;
        int smallest = int.MaxValue;
        int largest = 0;
        int unpadded = None;
        for (int queue = 0; queue < heads.Length; queue++)
        {
            int taken = count;
            for (; heads[queue] < ends[queue]; heads[queue]++)
            {
                int length = segments[heads[queue]].Length;
                int low = Math.Min(smallest, length);
                int high = Math.Max(largest, length);
                if (high - low > MaxPadding || !HasRoom(count, high + overhead))
                    break;

                smallest = low;
                largest = high;
                message[count++] = heads[queue];
            }

            if (count > taken && (unpadded == None || segments[message[count - 1]].Length < segments[message[unpadded]].Length))
                unpadded = count - 1;
        }

        segmentLength = largest;
        int last = HasRoom(count, largest + overhead) ? FindShorterHead(segments, heads, ends, largest) : None;
        if (last != None)
            message[count++] = heads[last]++;
        else
            MoveToEnd(unpadded, count);
        return message.AsSpan(0, count);
    }

    private static bool HasRoom(int count, int datagramLength) =>
        count < SendRing.MaxSegments && (count + 1) * datagramLength <= SendRing.MaxMessageLength;

    /// <summary>A queue whose next segment is shorter than the others, or <see cref="None"/>.</summary>
    private static int FindShorterHead(ReadOnlySpan<ListenerSegment> segments, ReadOnlySpan<int> heads, ReadOnlySpan<int> ends, int segmentLength)
    {
        for (int queue = 0; queue < heads.Length; queue++)
        {
            if (heads[queue] < ends[queue] && segments[heads[queue]].Length < segmentLength)
                return queue;
        }

        return None;
    }

    private void MoveToEnd(int place, int count)
    {
        int segment = _message[place];
        _message.AsSpan(place + 1, count - place - 1).CopyTo(_message.AsSpan(place));
        _message[count - 1] = segment;
    }
}
