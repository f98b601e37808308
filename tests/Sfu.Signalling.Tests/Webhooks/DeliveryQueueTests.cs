using Sfu.Rooms;
using Sfu.Signalling.Options;
using Sfu.Signalling.Webhooks;

namespace Sfu.Signalling.Tests.Webhooks;

public sealed class DeliveryQueueTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly WebhookSettings _settings = new()
    {
        Name = "0",
        Url = new Uri("http://localhost/"),
        Key = "main",
        QueueEvents = 4,
        RetryDelay = Second,
        MaxRetryDelay = 5 * Second,
        GiveUpAfter = 20 * Second,
    };

    private DateTimeOffset _now = DateTimeOffset.UnixEpoch;
    private double _jitter = 0.999;

    [Fact]
    public void Rooms_keep_their_order_and_do_not_wait_for_each_other()
    {
        DeliveryQueue queue = Create();
        Add(queue, "a", 1);
        Add(queue, "a", 2);
        Add(queue, "b", 1);

        Delivery first = Take(queue, "a-1");
        Delivery other = Take(queue, "b-1");
        Assert.False(queue.TryTake(_now, out _));

        queue.Delivered(first, _now);
        Take(queue, "a-2");
        queue.Delivered(other, _now);
        Assert.False(queue.TryTake(_now, out _));
        Assert.Equal(1, queue.Count);
    }

    [Fact]
    public void What_fails_is_tried_again_later_and_later_before_what_comes_after_it()
    {
        DeliveryQueue queue = Create();
        Add(queue, "a", 1);
        Add(queue, "a", 2);

        foreach (double seconds in (double[])[1, 2, 4, 5])
        {
            Assert.True(queue.Failed(Take(queue, "a-1"), _now));
            Assert.Equal(seconds, (queue.NextDue!.Value - _now).TotalSeconds, tolerance: 0.01);
            Assert.False(queue.TryTake(queue.NextDue.Value - TimeSpan.FromTicks(1), out _));
            _now = queue.NextDue.Value;
        }

        queue.Delivered(Take(queue, "a-1"), _now);
        Take(queue, "a-2");
    }

    [Fact]
    public void Delays_spread_over_half_of_them()
    {
        DeliveryQueue queue = Create();
        Add(queue, "a", 1);
        _jitter = 0;

        queue.Failed(Take(queue, "a-1"), _now);

        Assert.Equal(0.5 * Second, queue.NextDue - _now);
    }

    [Fact]
    public void What_gets_too_old_is_given_up_and_the_next_one_has_its_turn()
    {
        DeliveryQueue queue = Create();
        Add(queue, "a", 1);
        _now += 19 * Second;
        Add(queue, "a", 2);
        _now += Second / 2;

        Assert.False(queue.Failed(Take(queue, "a-1"), _now));

        Take(queue, "a-2");
        Assert.Equal(1, queue.Count);
    }

    [Fact]
    public void A_full_queue_drops_the_oldest_that_is_not_under_way()
    {
        DeliveryQueue queue = Create();
        Add(queue, "a", 1);
        Delivery underWay = Take(queue, "a-1");
        Add(queue, "b", 1);
        Add(queue, "a", 2);
        Add(queue, "a", 3);

        Assert.Equal(1, Add(queue, "c", 1));
        Assert.Equal(1, Add(queue, "c", 2));

        Assert.Equal(4, queue.Count);
        queue.Delivered(underWay, _now);
        Take(queue, "c-1");
        Take(queue, "a-3");
        Assert.False(queue.TryTake(_now, out _));
    }

    [Fact]
    public void A_room_whose_events_were_dropped_while_it_waited_goes_on_with_newer_ones()
    {
        DeliveryQueue queue = Create();
        Add(queue, "a", 1);
        queue.Failed(Take(queue, "a-1"), _now);
        for (int i = 1; i <= 4; i++)
            Add(queue, "b", i);
        Add(queue, "a", 2);

        Take(queue, "b-2");
        Assert.False(queue.TryTake(_now, out _));
        _now += Second;
        Take(queue, "a-2");
    }

    private DeliveryQueue Create() => new(_settings, () => _jitter);

    private int Add(DeliveryQueue queue, string room, int revision) =>
        queue.Add(new WebhookEvent(room, "lobby", "room.ended", _now, new RoomEnded(revision, EndReason.RoomClosed)), _now);

    private Delivery Take(DeliveryQueue queue, string id)
    {
        Assert.True(queue.TryTake(_now, out Delivery? delivery));
        Assert.Equal(id, delivery.Event.Id);
        return delivery;
    }
}
