using Sfu.Time;

namespace Sfu.Peers;

/// <summary>What a publisher is to send again (RFC 4585 6.2.1): what is missing, for how long it has been, and when to ask.</summary>
/// <remarks>
/// Asking waits for reordering, happens twice at most, and ends when the answer would come too late for the listeners or when the
/// publisher's budget is spent: retransmission never adds more than a bounded load to a line that is losing packets already.
/// Filled from RED first, so that only what RED did not bring is asked for. One worker's thread; no allocation after construction.
/// </remarks>
internal sealed class MissingPackets(RoundTripEstimate roundTrip)
{
    /// <summary>Of a longer gap only the newest; older ones are beyond <see cref="LongestUse"/> with any packet time from 10 ms on.</summary>
    public const int Capacity = 32;

    public const int MaxAsks = 2;

    /// <summary>Packets asked for in a second: a line that loses half of its 50 packets gains nothing from more load.</summary>
    public const int AsksPerSecond = 25;

    /// <summary>Packets asked for at once: a burst of 300 ms.</summary>
    public const int AsksAtOnce = 16;

    /// <summary>Packets that overtake each other on the way do so by less.</summary>
    public static readonly TimeSpan ReorderWait = TimeSpan.FromMilliseconds(10);

    /// <summary>
    /// From when a packet would have come until its retransmission arrives here. Listeners' jitter buffers grow to what comes late,
    /// and an answer within 200 ms keeps mouth to ear below the 400 ms that a conversation bears (ITU-T G.114); as
    /// <see cref="FanOut.Audience.LongestWait"/>. What comes later has been concealed.
    /// </summary>
    public static readonly TimeSpan LongestUse = TimeSpan.FromMilliseconds(200);

    /// <summary>What a client takes to answer, besides the way: one that paces what it sends, on a busy device.</summary>
    private static readonly TimeSpan AnswerTime = TimeSpan.FromMilliseconds(20);

    /// <summary>What has been asked for is remembered for so long, as its answer tells how far away the publisher is.</summary>
    private static readonly TimeSpan LongestAnswer = TimeSpan.FromSeconds(1);

    private readonly MissingPacket[] _missing = new MissingPacket[Capacity];
    private PacketBudget _budget = new(AsksPerSecond, AsksAtOnce);
    private int _count;

    /// <summary>When <see cref="TakeDue"/> has something to do.</summary>
    public Instant Deadline { get; private set; } = Instant.Never;

    /// <param name="index">Greater than those added before.</param>
    /// <param name="lostAt">When it would have come.</param>
    /// <param name="now">When a later one showed that it is missing.</param>
    public void Add(long index, Instant lostAt, Instant now)
    {
        if (_count == Capacity)
            RemoveAt(0);
        Instant due = now + ReorderWait;
        _missing[_count++] = new MissingPacket { Index = index, LostAt = lostAt, Due = due };
        Deadline = Instant.Min(Deadline, due);
    }

    /// <summary>Something has come; whether it was missing is seen here.</summary>
    /// <returns>True when it had been asked for.</returns>
    public bool OnArrival(long index, Instant now)
    {
        for (int i = 0; i < _count; i++)
        {
            ref readonly MissingPacket packet = ref _missing[i];
            if (packet.Index != index)
                continue;
            bool asked = packet.Asks > 0;
            // After a second time nobody knows which one is answered (RFC 6298 3).
            if (packet.Asks == 1)
                roundTrip.Add(now - packet.AskedAt);
            RemoveAt(i);
            return asked;
        }

        return false;
    }

    /// <summary>Takes what is to be asked for now, and forgets what is beyond hope.</summary>
    /// <param name="sequenceNumbers">At least <see cref="Capacity"/>; ascending.</param>
    /// <returns>How many.</returns>
    public int TakeDue(Instant now, Span<ushort> sequenceNumbers)
    {
        int taken = 0;
        Deadline = Instant.Never;
        for (int i = 0; i < _count; i++)
        {
            ref MissingPacket packet = ref _missing[i];
            if (packet.Due <= now)
            {
                if (IsOfUse(packet, now) && _budget.TrySpend(now))
                {
                    packet.Asks++;
                    packet.AskedAt = now;
                    packet.Due = now + roundTrip.Value + roundTrip.Value / 2 + AnswerTime;
                    sequenceNumbers[taken++] = (ushort)packet.Index;
                }
                else if (packet.Asks > 0 && now - packet.AskedAt < LongestAnswer)
                {
                    packet.Due = packet.AskedAt + LongestAnswer;
                }
                else
                {
                    RemoveAt(i--);
                    continue;
                }
            }

            Deadline = Instant.Min(Deadline, packet.Due);
        }

        return taken;
    }

    /// <summary>Another stream has begun.</summary>
    public void Clear()
    {
        _count = 0;
        Deadline = Instant.Never;
    }

    private bool IsOfUse(in MissingPacket packet, Instant now) =>
        packet.Asks < MaxAsks && now + roundTrip.Value <= packet.LostAt + LongestUse;

    private void RemoveAt(int position)
    {
        _missing.AsSpan(position + 1, _count - position - 1).CopyTo(_missing.AsSpan(position));
        _count--;
    }
}
