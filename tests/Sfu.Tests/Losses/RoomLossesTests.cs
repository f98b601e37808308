using Sfu.Losses;
using Sfu.TestKit.Diagnostics;
using Sfu.Time;

namespace Sfu.Tests.Losses;

public sealed class RoomLossesTests
{
    private static readonly Instant Start = new(1_000_000);

    private readonly RoomLosses _room = new(slots: 2);

    [Fact]
    public void Workers_add_up()
    {
        _room.Take(0, Reports(slot: 1, fraction: 0, count: 90), Start);
        Assert.Equal(0, _room.LossOf(1, Start));

        _room.Take(3, Reports(slot: 1, fraction: 64, count: 11), Start);

        Assert.Equal(64, _room.LossOf(1, Start));
        Assert.Equal(0, _room.LossOf(0, Start));
    }

    [Fact]
    public void The_newest_word_of_a_worker_replaces_the_one_before()
    {
        _room.Take(0, Reports(0, 64, 5), Start);
        _room.Take(0, Reports(0, 8, 5), Start);

        Assert.Equal(8, _room.LossOf(0, Start));
    }

    [Fact]
    public void A_worker_that_says_nothing_any_more_is_forgotten()
    {
        _room.Take(0, Reports(0, 64, 5), Start);

        Assert.Equal(64, _room.LossOf(0, Start + TimeSpan.FromSeconds(2.9)));
        Assert.Equal(0, _room.LossOf(0, Start + TimeSpan.FromSeconds(3)));
    }

    [Fact]
    public void Publishers_are_told_once_a_second_however_many_workers_there_are()
    {
        int told = 0;
        for (int milliseconds = 0; milliseconds < 10_000; milliseconds += 250)
            told += _room.IsTimeToTell(Start + TimeSpan.FromMilliseconds(milliseconds)) ? 1 : 0;

        Assert.Equal(10, told);
    }

    [Fact]
    public void Bytes_of_another_length_are_passed_over()
    {
        _room.Take(0, new byte[7], Start);
        _room.Take(0, [], Start);

        Assert.Equal(0, _room.LossOf(0, Start));
    }

    [Fact]
    public void Taking_from_a_known_worker_allocates_nothing()
    {
        byte[] reports = Reports(0, 64, 5);
        _room.Take(0, reports, Start);

        Assert.Equal(0, Allocations.Of(() =>
        {
            _room.Take(0, reports, Start);
            _room.LossOf(0, Start);
        }));
    }

    private static byte[] Reports(int slot, byte fraction, int count)
    {
        var losses = new ListenerLosses(slots: 2);
        for (int i = 0; i < count; i++)
            losses.Count(slot, fraction);
        byte[] bytes = new byte[losses.Length];
        losses.Write(bytes);
        return bytes;
    }
}
