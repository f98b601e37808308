using Sfu.Time;

namespace Sfu.Timers;

/// <summary>Timers of a worker in ticks of one millisecond: four wheels of 256 lists, each turning 256 times slower than the one before.</summary>
/// <remarks>
/// Owned by one thread; reads no clock. Scheduling and cancelling take constant time. A timer never fires early; it fires
/// in the first <see cref="Advance"/> whose time has reached the end of the millisecond it is due in. Timers of different
/// milliseconds fire in their order, within one <see cref="Advance"/> too; those of one millisecond in any order.
/// </remarks>
public sealed class TimerWheel
{
    private const int Levels = 4;
    private const int SlotBits = 8;
    private const int Slots = 1 << SlotBits;
    private const int SlotMask = Slots - 1;
    private const long TickMicroseconds = 1000;

    /// <summary>About 49 days. What is due later is parked at the far end and sorted in again from there.</summary>
    private const long MaxTicks = (1L << (Levels * SlotBits)) - 1;

    private readonly TimerEntry?[] _heads = new TimerEntry?[Levels * Slots];
    private readonly SlotSet[] _occupied = new SlotSet[Levels];

    /// <summary>All that is due at this tick or before has fired.</summary>
    private long _tick;

    /// <summary>The tick that the running <see cref="Advance"/> goes to. Nothing is put in at or before it, so that nothing fires twice in one turn.</summary>
    private long _targetTick;

    /// <param name="start">Not after the first time that <see cref="Advance"/> is given.</param>
    public TimerWheel(Instant start)
    {
        _tick = start.Microseconds / TickMicroseconds;
        _targetTick = _tick;
    }

    /// <summary>Entries that wait.</summary>
    public int Count { get; private set; }

    /// <summary>When <see cref="Advance"/> has something to do. Never after the end of the millisecond of the earliest timer; may be before, as far ones are sorted in again on the way.</summary>
    public Instant Next
    {
        get
        {
            long tick = NextTick();
            return tick == long.MaxValue ? Instant.Never : new Instant(tick * TickMicroseconds);
        }
    }

    /// <summary>Schedules, or reschedules, an entry.</summary>
    /// <param name="entry">Of this wheel, or of none.</param>
    /// <param name="due">A time that has passed already means the next millisecond; <see cref="Instant.Never"/> cancels.</param>
    public void Schedule(TimerEntry entry, Instant due)
    {
        Cancel(entry);
        if (due == Instant.Never)
            return;
        long remainder = due.Microseconds % TickMicroseconds;
        long dueTick = due.Microseconds / TickMicroseconds + (remainder > 0 ? 1 : 0);
        entry.Due = due;
        entry.DueTick = Math.Max(dueTick, _targetTick + 1);
        Insert(entry);
        Count++;
    }

    /// <summary>Does nothing when the entry does not wait.</summary>
    public void Cancel(TimerEntry entry)
    {
        if (!entry.IsScheduled)
            return;
        Remove(entry);
        entry.Due = Instant.Never;
        Count--;
    }

    /// <summary>Fires what is due. An entry fires at most once in one call, whatever it is rescheduled for meanwhile.</summary>
    /// <param name="now">A time before the last one given is taken for the last one.</param>
    public void Advance(Instant now)
    {
        _targetTick = Math.Max(_targetTick, now.Microseconds / TickMicroseconds);
        for (long next = NextTick(); next <= _targetTick; next = NextTick())
        {
            _tick = next;
            for (int level = Levels - 1; level > 0; level--)
            {
                if ((next & ((1L << (level * SlotBits)) - 1)) == 0)
                    Cascade(level);
            }

            Fire(now);
        }

        _tick = _targetTick;
    }

    private void Fire(Instant now)
    {
        int bucket = (int)(_tick & SlotMask);
        while (_heads[bucket] is { } entry)
        {
            Cancel(entry);
            entry.OnDue(now);
        }
    }

    /// <summary>Sorts the list that begins at this tick into the faster wheels.</summary>
    private void Cascade(int level)
    {
        int bucket = level * Slots + (int)((_tick >> (level * SlotBits)) & SlotMask);
        TimerEntry? entry = _heads[bucket];
        _heads[bucket] = null;
        _occupied[level].Remove(bucket & SlotMask);
        while (entry is not null)
        {
            TimerEntry? following = entry.Next;
            Insert(entry);
            entry = following;
        }
    }

    private void Insert(TimerEntry entry)
    {
        long distance = Math.Min(entry.DueTick - _tick, MaxTicks);
        int level = 0;
        while (distance >> ((level + 1) * SlotBits) != 0)
            level++;
        int slot = (int)(((_tick + distance) >> (level * SlotBits)) & SlotMask);
        int bucket = level * Slots + slot;

        TimerEntry? head = _heads[bucket];
        entry.Bucket = bucket;
        entry.Previous = null;
        entry.Next = head;
        if (head is not null)
            head.Previous = entry;
        _heads[bucket] = entry;
        _occupied[level].Add(slot);
    }

    private void Remove(TimerEntry entry)
    {
        if (entry.Previous is { } previous)
            previous.Next = entry.Next;
        else
            _heads[entry.Bucket] = entry.Next;
        if (entry.Next is { } next)
            next.Previous = entry.Previous;
        if (_heads[entry.Bucket] is null)
            _occupied[entry.Bucket >> SlotBits].Remove(entry.Bucket & SlotMask);
        entry.Previous = null;
        entry.Next = null;
    }

    /// <summary>The first tick, after the present one, at which a list fires or is to be sorted in; <see cref="long.MaxValue"/> for none.</summary>
    private long NextTick()
    {
        long next = long.MaxValue;
        for (int level = 0; level < Levels; level++)
        {
            // A slot that is not ahead of the present one belongs to the wheel's next turn.
            long block = _tick >> (level * SlotBits);
            int distance = _occupied[level].DistanceAfter((int)(block & SlotMask));
            if (distance > 0)
                next = Math.Min(next, (block + distance) << (level * SlotBits));
        }

        return next;
    }
}
