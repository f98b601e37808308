using Sfu.LoadTest.Statistics;

namespace Sfu.LoadTest.Tests.Statistics;

public sealed class SequenceWindowTests
{
    [Fact]
    public void Packets_in_order_are_all_received()
    {
        SequenceWindow window = Window(65_530);

        for (int i = 1; i < 100; i++)
            Assert.Equal(0, Accept(ref window, (ushort)(65_530 + i)));

        Assert.Equal((100, 100L), (window.Received, window.Expected));
    }

    [Fact]
    public void A_gap_is_a_loss_until_it_is_filled()
    {
        SequenceWindow window = Window(10);

        Assert.Equal(2, Accept(ref window, 13));
        Assert.Equal((2, 4L), (window.Received, window.Expected));
        Assert.Equal(-1, Accept(ref window, 12));

        Assert.Equal((3, 1, 4L), (window.Received, window.OutOfOrder, window.Expected));
    }

    [Theory]
    [InlineData(20)]
    [InlineData(19)]
    [InlineData(10)]
    public void The_same_again_is_a_duplicate(ushort sequence)
    {
        SequenceWindow window = Window(10);
        for (ushort i = 11; i <= 20; i++)
            Accept(ref window, i);

        Assert.Null(Accept(ref window, sequence));

        Assert.Equal((11, 1), (window.Received, window.Duplicated));
    }

    [Theory]
    [InlineData(63, -1)]
    [InlineData(64, null)]
    public void Sixty_three_late_is_still_known(int late, int? expected)
    {
        SequenceWindow window = Window(10);
        Accept(ref window, 200);

        Assert.Equal(expected, Accept(ref window, (ushort)(200 - late)));
    }

    [Fact]
    public void What_is_from_before_the_first_does_not_count()
    {
        SequenceWindow window = Window(10);
        Accept(ref window, 11);

        Assert.Null(Accept(ref window, 9));

        Assert.Equal((2, 0, 2L), (window.Received, window.Duplicated, window.Expected));
    }

    private static SequenceWindow Window(ushort first)
    {
        var window = new SequenceWindow();
        window.Start(first);
        return window;
    }

    private static int? Accept(ref SequenceWindow window, ushort sequence) => window.Accept(window.Distance(sequence));
}
