using Sfu.Losses;
using Sfu.TestKit.Diagnostics;

namespace Sfu.Tests.Losses;

public sealed class ListenerLossesTests
{
    private readonly ListenerLosses _losses = new(slots: 3);

    [Fact]
    public void Each_slot_has_its_own()
    {
        _losses.Count(0, 10);
        _losses.Count(2, 100);

        Assert.Equal([10, 0, 96], Told());
    }

    [Fact]
    public void What_was_reported_is_remembered_for_the_window_and_no_longer()
    {
        Assert.False(_losses.HasReports);
        _losses.Count(1, 10);
        for (int i = 0; i < ListenerLosses.Window; i++)
        {
            Assert.True(_losses.HasReports);
            Assert.Equal([0, 10, 0], Told());
            _losses.Turn();
        }

        Assert.False(_losses.HasReports);
        Assert.Equal([0, 0, 0], Told());
    }

    [Fact]
    public void The_window_slides()
    {
        _losses.Count(0, 15);
        _losses.Turn();
        _losses.Turn();
        _losses.Count(0, 5);
        for (int i = 0; i < 3; i++)
            _losses.Turn();

        Assert.Equal([5, 0, 0], Told());
    }

    [Fact]
    public void Counting_and_telling_allocate_nothing()
    {
        byte[] bytes = new byte[_losses.Length];
        Assert.Equal(0, Allocations.Of(() =>
        {
            for (int i = 0; i < 1_000; i++)
                _losses.Count(i % 3, (byte)i);
            _losses.Write(bytes);
            _losses.Turn();
        }));
    }

    private byte[] Told()
    {
        byte[] bytes = new byte[_losses.Length];
        _losses.Write(bytes);
        return [.. Enumerable.Range(0, 3).Select(slot =>
        {
            var histogram = new LossHistogram();
            histogram.Read(bytes.AsSpan(slot * LossHistogram.Length));
            return histogram.NineOfTen();
        })];
    }
}
