using Sfu.Losses;
using Sfu.Slots;
using Sfu.Time;
using Sfu.Timers;

namespace Sfu.FanOut;

/// <summary>A room's part on one worker: its listeners here and, on the home worker, its stage.</summary>
/// <remarks>One worker's thread. As a timer it is due when sender reports are.</remarks>
internal sealed class RoomShard : TimerEntry, ISlotSink
{
    private readonly IRoomWorker _worker;
    private readonly List<int> _subscribers = [];

    /// <param name="worker">That this part is on.</param>
    /// <param name="key">Of the room, unique in the node.</param>
    /// <param name="home">Index of the worker that selects who is heard.</param>
    /// <param name="slots">1..12.</param>
    /// <param name="firstSlotIndex">Of each slot's first packet.</param>
    public RoomShard(IRoomWorker worker, long key, int home, int slots, long firstSlotIndex)
    {
        _worker = worker;
        Key = key;
        Home = home;
        Slots = slots;
        Audience = new Audience(slots);
        Losses = new ListenerLosses(slots);
        LossTimer = new RoomLossTimer(worker, this);
        if (home == worker.Index)
        {
            Stage = new Stage([.. Enumerable.Range(0, slots).Select(n => new Slot(n, firstSlotIndex))], this);
            RoomLosses = new RoomLosses(slots);
        }
    }

    public long Key { get; }

    public int Home { get; }

    public int Slots { get; }

    public Audience Audience { get; }

    /// <summary>Only on the home worker.</summary>
    public Stage? Stage { get; }

    /// <summary>Of the listeners here.</summary>
    public ListenerLosses Losses { get; }

    /// <summary>Runs while there are reports.</summary>
    public RoomLossTimer LossTimer { get; }

    /// <summary>Only on the home worker.</summary>
    public RoomLosses? RoomLosses { get; }

    /// <summary>The other workers that have audience of a room whose home is here.</summary>
    public IReadOnlyList<int> Subscribers => _subscribers;

    /// <summary>True while the audience stands in the worker's queue of those with something to send.</summary>
    public bool IsQueued { get; set; }

    public void Subscribe(int worker) => _subscribers.Add(worker);

    public void Unsubscribe(int worker) => _subscribers.Remove(worker);

    /// <summary>From the stage here to the audience here and to every other worker that has some.</summary>
    public void Publish(in SlotPacketHeader header, ReadOnlySpan<byte> payload)
    {
        Deliver(header, payload);
        foreach (int worker in _subscribers)
            _worker.Publish(worker, this, header, payload);
    }

    /// <summary>To the audience of this worker.</summary>
    public void Deliver(in SlotPacketHeader header, ReadOnlySpan<byte> payload)
    {
        Audience.Publish(header, payload);
        _worker.QueueFanOut(this);
    }

    protected internal override void OnDue(Instant now) => _worker.OnReportsDue(this, now);
}
