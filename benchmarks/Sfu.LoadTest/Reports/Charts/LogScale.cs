namespace Sfu.LoadTest.Reports.Charts;

internal sealed record LogScale(double Low, double High, IReadOnlyList<double> Ticks, Func<double, string> Label) : Scale(Low, High, Ticks, Label)
{
    /// <summary>Round values below and above what is shown; what is not above 0 is left out.</summary>
    public static LogScale Around(IEnumerable<double> values, Func<double, string>? label = null, int about = 7)
    {
        double low = double.PositiveInfinity, high = 0;
        foreach (double value in values.Where(v => v > 0 && double.IsFinite(v)))
            (low, high) = (Math.Min(low, value), Math.Max(high, value));
        if (high == 0)
            (low, high) = (1, 10);
        IReadOnlyList<double> ticks = Charts.Ticks.Log(low, high, about);
        return new LogScale(ticks[0], ticks[^1], ticks, label ?? Figures.Tick);
    }

    public override double Share(double value) => Math.Log(value / Low) / Math.Log(High / Low);

    public override bool Shows(double value) => value > 0 && double.IsFinite(value);
}
