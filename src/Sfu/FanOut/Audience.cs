using Sfu.Diagnostics;
using Sfu.Net;
using Sfu.Slots;
using Sfu.Srtp;
using Sfu.Time;

namespace Sfu.FanOut;

/// <summary>A room's listeners on one worker: keeps the latest slot packets and sends each listener what waits for it.</summary>
/// <remarks>
/// On that worker only. <see cref="Publish"/> stores; <see cref="Step"/> sends. The worker receives between steps, so that the
/// longer a pass takes, the more each message carries. No allocation for a packet.
/// </remarks>
internal sealed class Audience : ISlotSink
{
    /// <summary>
    /// What has waited for longer is not sent any more: a worker that has more to send than it can gives up the oldest packets, for
    /// everybody alike, and stays live. Half of the 400 ms that a conversation bears (ITU-T G.114).
    /// </summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(200);

    private readonly SlotHistory[] _histories;
    private readonly ListenerBatch _batch;
    private readonly AudienceReports _reports = new();
    private Listener?[] _listeners = new Listener?[4];
    private FanOutPace _pace = new();
    private int _cursor;
    private int _onRed;

    /// <summary>How many listeners, from the cursor on, may have something waiting.</summary>
    private int _remaining;

    /// <param name="slots">1..<see cref="MediaConstants.MaxSlots"/>.</param>
    public Audience(int slots)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(slots, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(slots, MediaConstants.MaxSlots);
        _histories = new SlotHistory[slots];
        for (int i = 0; i < slots; i++)
            _histories[i] = new SlotHistory();
        var writer = new SegmentWriter(_histories);
        _batch = new ListenerBatch(_histories, writer);
        Retransmitter = new Retransmitter(_histories, writer);
    }

    public int Count { get; private set; }

    /// <summary>True while <see cref="Step"/> has something to do.</summary>
    public bool HasWork => _remaining > 0;

    /// <summary>When <see cref="WriteReports"/> has something to do.</summary>
    public Instant ReportDeadline => _reports.Deadline(Count);

    /// <summary>The listener hears what is published from now on. It must be in no audience.</summary>
    /// <exception cref="ArgumentException">It is in an audience, or has fewer slots than this room.</exception>
    public void Add(Listener listener)
    {
        if (listener.Audience is not null)
            throw new ArgumentException("The listener is in an audience.", nameof(listener));
        if (listener.Slots.Length < _histories.Length)
            throw new ArgumentException("The listener has fewer slots than the room.", nameof(listener));

        for (int i = 0; i < _histories.Length; i++)
            listener.Slots[i].Join(_histories[i].Next, _histories[i].Highest);
        listener.Dominant?.Join();
        if (Count == _listeners.Length)
            Array.Resize(ref _listeners, Count * 2);

        if (listener.OnRed)
            CountRed(1);
        listener.Audience = this;
        listener.Position = Count;
        _listeners[Count++] = listener;
        RestartPass();
    }

    /// <summary>What waits for the listener is not sent.</summary>
    /// <returns>False when it is not in this audience.</returns>
    public bool Remove(Listener listener)
    {
        if (listener.Audience != this)
            return false;

        _reports.Forget(listener);
        if (listener.OnRed)
            CountRed(-1);
        Listener last = _listeners[--Count]!;
        _listeners[listener.Position] = last;
        last.Position = listener.Position;
        _listeners[Count] = null;
        listener.Audience = null;
        if (_cursor >= Count)
            _cursor = 0;
        RestartPass();
        return true;
    }

    public void Publish(in SlotPacketHeader header, ReadOnlySpan<byte> payload)
    {
        _histories[header.Slot].Append(header, payload);
        _pace.Published(header.Arrival);
        _remaining = Count;
    }

    /// <summary>Gives up what has waited for longer than <see cref="LongestWait"/>; each listener that had not got it is counted.</summary>
    public void DropOverdue(Instant now)
    {
        foreach (SlotHistory history in _histories)
            history.DropBefore(now - LongestWait);
    }

    /// <summary>How many listeners the next <see cref="Step"/> may visit.</summary>
    /// <param name="most">At least 1; a whole chunk or nothing, unless less remains. Fewer where visits take long.</param>
    /// <param name="next">When to ask again after a 0.</param>
    public int TakeVisits(Instant now, int most, out Instant next) =>
        _pace.Take(now, Count, Math.Min(_remaining, _pace.VisitsInChunk(most)), out next);

    /// <summary>Tells what a <see cref="Step"/> has cost, the kernel's part included.</summary>
    public void Worked(TimeSpan work, int visits) => _pace.Worked(work, visits);

    /// <summary>Does a part of a pass: sends to the next listeners everything that waits for them.</summary>
    /// <param name="maxListeners">At least 1.</param>
    /// <param name="sender">Not flushed here.</param>
    /// <param name="tags">Of the worker; <paramref name="sender"/> completes it before it sends.</param>
    /// <returns>True when there is more to do.</returns>
    public bool Step(int maxListeners, IDatagramSender sender, DropCounters drops, TagBatch tags)
    {
        int count = Math.Min(_remaining, maxListeners);
        for (int i = 0; i < count; i++)
        {
            Listener listener = _listeners[_cursor]!;
            LookAhead.From(_listeners.AsSpan(_cursor, Count - _cursor));
            _cursor = _cursor + 1 < Count ? _cursor + 1 : 0;
            if (_batch.Send(listener, sender, drops, tags))
                _reports.Request(listener);
        }

        _remaining -= count;
        return _remaining > 0;
    }

    /// <summary>Sends the sender reports that are due: each listener's every <see cref="AudienceReports.Interval"/>, evenly spread.</summary>
    /// <param name="maxListeners">At most so many reports; the rest stays due.</param>
    /// <param name="sender">Not flushed here.</param>
    public void WriteReports(Instant now, MediaClock clock, int maxListeners, IDatagramSender sender) =>
        _reports.Write(this, now, clock, maxListeners, sender);

    /// <summary>More or fewer of the listeners here are on RED; its forms are built while somebody is.</summary>
    internal void CountRed(int change)
    {
        _onRed += change;
        foreach (SlotHistory history in _histories)
            history.BuildsRed = _onRed > 0;
    }

    internal Retransmitter Retransmitter { get; }

    internal ReadOnlySpan<Listener?> Listeners => _listeners.AsSpan(0, Count);

    internal ReadOnlySpan<SlotHistory> Histories => _histories;

    /// <summary>
    /// Someone came, or went and somebody else took the place: who has been visited in this pass is no longer a range. A visit
    /// where nothing waits costs next to nothing, so the pass visits everybody once more.
    /// </summary>
    private void RestartPass() => _remaining = _remaining > 0 ? Count : 0;
}
