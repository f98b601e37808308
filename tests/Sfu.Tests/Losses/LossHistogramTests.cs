using Sfu.Losses;

namespace Sfu.Tests.Losses;

public sealed class LossHistogramTests
{
    private readonly LossHistogram _histogram = new();

    [Fact]
    public void Without_reports_there_is_no_loss()
    {
        Assert.True(_histogram.IsEmpty);
        Assert.Equal(0, _histogram.NineOfTen());
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(15, 15)]
    [InlineData(16, 16)]
    [InlineData(31, 16)]
    [InlineData(32, 32)]
    [InlineData(255, 240)]
    public void One_report_counts_as_the_lower_end_of_its_step(byte fraction, int expected)
    {
        _histogram.Add(fraction);

        Assert.False(_histogram.IsEmpty);
        Assert.Equal(expected, _histogram.NineOfTen());
    }

    [Theory]
    [InlineData(9, 1, 64)]
    [InlineData(10, 1, 0)]
    [InlineData(1_000, 100, 0)]
    [InlineData(1_000, 101, 64)]
    public void More_than_one_in_ten_must_suffer(int all, int suffer, int expected)
    {
        for (int i = 0; i < all; i++)
            _histogram.Add(i < suffer ? (byte)64 : (byte)0);

        Assert.Equal(expected, _histogram.NineOfTen());
    }

    [Fact]
    public void It_crosses_as_bytes_and_adds_up()
    {
        for (int i = 0; i < 300; i++)
            _histogram.Add((byte)i);
        byte[] bytes = new byte[LossHistogram.Length];
        _histogram.Write(bytes);
        var read = new LossHistogram();
        read.Read(bytes);
        byte[] again = new byte[LossHistogram.Length];
        read.Write(again);
        Assert.Equal(bytes, again);

        read.Clear();
        Assert.True(read.IsEmpty);
        read.Add(100);
        read.Add(_histogram);
        Assert.Equal(_histogram.NineOfTen(), read.NineOfTen());
    }

    [Fact]
    public void Counts_stop_before_they_wrap()
    {
        for (int i = 0; i < 70_000; i++)
            _histogram.Add(255);
        var twice = new LossHistogram();
        twice.Add(_histogram);
        twice.Add(_histogram);

        Assert.Equal(240, twice.NineOfTen());
    }
}
