namespace Sfu.LoadTest.Reports.Charts;

internal sealed record LinearScale(double High, IReadOnlyList<double> Ticks, Func<double, string> Label) : Scale(0, High, Ticks, Label)
{
    /// <summary>From 0 to a round value at or above <paramref name="max"/>.</summary>
    public static LinearScale UpTo(double max, Func<double, string>? label = null, int about = 5, double smallest = 0)
    {
        IReadOnlyList<double> ticks = Charts.Ticks.Linear(max, about, smallest);
        return new LinearScale(ticks[^1], ticks, label ?? Figures.Tick);
    }

    /// <summary>Seconds, up to the last one and no further.</summary>
    public static LinearScale Time(double seconds, int about)
    {
        double end = Math.Max(1, seconds);
        return new LinearScale(end, Charts.Ticks.Time(end, about), end <= 120 ? v => $"{Figures.Tick(v)} s" : v => Figures.Duration(TimeSpan.FromSeconds(v)));
    }

    public override double Share(double value) => value / High;

    public override bool Shows(double value) => double.IsFinite(value);
}
