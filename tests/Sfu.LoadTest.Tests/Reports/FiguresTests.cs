using Sfu.LoadTest.Reports;

namespace Sfu.LoadTest.Tests.Reports;

public sealed class FiguresTests
{
    [Theory]
    [InlineData(0, "0")]
    [InlineData(7, "7")]
    [InlineData(0.01234, "0.0123")]
    [InlineData(1.2345, "1.23")]
    [InlineData(9.996, "10.0")]
    [InlineData(99.96, "100")]
    [InlineData(1234.5, "1,234")]
    [InlineData(double.NaN, "–")]
    public void Three_digits_matter(double value, string text) => Assert.Equal(text, Figures.Significant(value));

    [Theory]
    [InlineData(999, "999")]
    [InlineData(999.6, "1.00k")]
    [InlineData(170_300, "170k")]
    [InlineData(45_000_000, "45M")]
    public void Large_counts_are_short(double value, string text) => Assert.Equal(text, Figures.Compact(value));

    [Theory]
    [InlineData(0, "0 ms")]
    [InlineData(0.31, "0.310 ms")]
    [InlineData(1240, "1,240 ms")]
    [InlineData(60_000, "60 s")]
    [InlineData(180_000, "3 min")]
    public void Times_have_the_unit_that_fits(double value, string text) => Assert.Equal(text, Figures.Milliseconds(value));

    [Theory]
    [InlineData(0, "0 %")]
    [InlineData(1e-9, "<0.00001 %")]
    [InlineData(0.00125, "0.125 %")]
    [InlineData(1, "100 %")]
    public void A_loss_never_reads_as_none(double value, string text) => Assert.Equal(text, Figures.Share(value));
}
