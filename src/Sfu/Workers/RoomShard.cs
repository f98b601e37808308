using Sfu.Rooms;
using Sfu.Slots;
using Sfu.Time;
using Sfu.Timers;

namespace Sfu.Workers;

/// <summary>A room's part on one worker: its listeners here and, on the home worker, its stage.</summary>
/// <remarks>One worker's thread. As a timer it is due when sender reports are.</remarks>
internal sealed class RoomShard : TimerEntry, ISlotSink
{
    private readonly WorkerCore _core;
    private readonly List<int> _subscribers = [];

    /// <param name="core">Of the worker that this part is on.</param>
    /// <param name="key">Of the room, unique in the node.</param>
    /// <param name="home">Index of the worker that selects who is heard.</param>
    /// <param name="slots">1..12.</param>
    /// <param name="firstSlotIndex">See <see cref="Node.SfuOptions.FirstSlotIndex"/>.</param>
    public RoomShard(WorkerCore core, long key, int home, int slots, long firstSlotIndex)
    {
        _core = core;
        Key = key;
        Home = home;
        Slots = slots;
        Audience = new Audience(slots);
        if (home == core.Index)
            Stage = new Stage([.. Enumerable.Range(0, slots).Select(n => new Slot(n, firstSlotIndex))], this);
    }

    public long Key { get; }

    public int Home { get; }

    public int Slots { get; }

    public Audience Audience { get; }

    /// <summary>Only on the home worker.</summary>
    public Stage? Stage { get; }

    /// <summary>True while the audience stands in the worker's queue of those with something to send.</summary>
    public bool IsQueued { get; set; }

    public void Subscribe(int worker) => _subscribers.Add(worker);

    public void Unsubscribe(int worker) => _subscribers.Remove(worker);

    /// <summary>From the stage here to the audience here and to every other worker that has some.</summary>
    public void Publish(in SlotPacketHeader header, ReadOnlySpan<byte> payload)
    {
        Deliver(header, payload);
        if (_subscribers.Count == 0)
            return;

        var crossing = new CrossingHeader { Kind = CrossingKind.Slot, Target = Key, Slot = header };
        foreach (int worker in _subscribers)
            _core.Cross(worker, crossing, payload);
    }

    /// <summary>To the audience of this worker.</summary>
    public void Deliver(in SlotPacketHeader header, ReadOnlySpan<byte> payload)
    {
        Audience.Publish(header, payload);
        _core.QueueFanOut(this);
    }

    protected internal override void OnDue(Instant now) => _core.OnReportsDue(this, now);
}
