using System.Diagnostics.CodeAnalysis;
using Sfu.Signalling.Options;

namespace Sfu.Signalling.Webhooks;

/// <summary>What one receiver has still to be told: bounded, in order for each room, each room at its own pace.</summary>
/// <remarks>Not thread-safe; its owner serialises the calls and says what time it is.</remarks>
/// <param name="jitter">From 0 up to 1, excluded: spreads the tries of many rooms and many servers.</param>
internal sealed class DeliveryQueue(WebhookSettings settings, Func<double> jitter)
{
    private readonly Dictionary<string, DeliveryLane> _lanes = new(StringComparer.Ordinal);
    private readonly PriorityQueue<DeliveryLane, (DateTimeOffset Due, long Order)> _due = new();

    /// <summary>In the order of coming; those under way too.</summary>
    private readonly LinkedList<Delivery> _all = [];
    private long _order;

    public int Count => _all.Count;

    /// <returns>How many had to go for it, 0 or 1: the oldest that is not under way.</returns>
    public int Add(WebhookEvent noted, DateTimeOffset now)
    {
        int dropped = _all.Count >= settings.QueueEvents && DropOldest() ? 1 : 0;
        if (!_lanes.TryGetValue(noted.RoomId, out DeliveryLane? lane))
            _lanes.Add(noted.RoomId, lane = new DeliveryLane(noted.RoomId));
        var delivery = new Delivery(noted, lane);
        _all.AddLast(delivery);
        lane.Waiting.AddLast(delivery);
        if (lane.Waiting.Count == 1 && !lane.IsQueued)
            Queue(lane, now);
        return dropped;
    }

    /// <summary>The next event of a room whose time has come; <see cref="Delivered"/> or <see cref="Failed"/> must follow.</summary>
    public bool TryTake(DateTimeOffset now, [NotNullWhen(true)] out Delivery? delivery)
    {
        delivery = null;
        while (delivery is null && _due.TryPeek(out DeliveryLane? lane, out (DateTimeOffset Due, long Order) when) && when.Due <= now)
        {
            _due.Dequeue();
            lane.IsQueued = false;
            delivery = lane.Waiting.First?.Value;
            if (delivery is null)
                _lanes.Remove(lane.RoomId);
        }

        if (delivery is null)
            return false;
        delivery.IsUnderWay = true;
        return true;
    }

    /// <summary>When <see cref="TryTake"/> has something to give; null for not before something changes.</summary>
    public DateTimeOffset? NextDue => _due.TryPeek(out _, out (DateTimeOffset Due, long Order) when) ? when.Due : null;

    public void Delivered(Delivery delivery, DateTimeOffset now) => Finish(delivery, now);

    /// <returns>True when it will be tried again; else it was given up, and the room's next one has its turn.</returns>
    public bool Failed(Delivery delivery, DateTimeOffset now)
    {
        delivery.IsUnderWay = false;
        DateTimeOffset retry = now + DelayAfter(++delivery.Failures);
        if (retry - delivery.Event.At >= settings.GiveUpAfter)
        {
            Finish(delivery, now);
            return false;
        }

        Queue(delivery.Lane, retry);
        return true;
    }

    /// <summary>Between half of the doubled delay and all of it.</summary>
    private TimeSpan DelayAfter(int failures)
    {
        double doubled = settings.RetryDelay.TotalSeconds * Math.Pow(2, Math.Min(failures - 1, 30));
        return TimeSpan.FromSeconds(Math.Min(doubled, settings.MaxRetryDelay.TotalSeconds) * (1 + jitter()) / 2);
    }

    private void Finish(Delivery delivery, DateTimeOffset now)
    {
        Remove(delivery);
        if (delivery.Lane.Waiting.Count == 0)
            _lanes.Remove(delivery.Lane.RoomId);
        else
            Queue(delivery.Lane, now);
    }

    private void Queue(DeliveryLane lane, DateTimeOffset due)
    {
        lane.IsQueued = true;
        _due.Enqueue(lane, (due, _order++));
    }

    private bool DropOldest()
    {
        // Past those under way, of which there are few.
        for (LinkedListNode<Delivery>? node = _all.First; node is not null; node = node.Next)
        {
            if (!node.Value.IsUnderWay)
            {
                Remove(node.Value);
                return true;
            }
        }

        return false;
    }

    private void Remove(Delivery delivery)
    {
        _all.Remove(delivery);
        delivery.Lane.Waiting.Remove(delivery);
    }
}
