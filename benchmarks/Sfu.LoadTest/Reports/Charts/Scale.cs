namespace Sfu.LoadTest.Reports.Charts;

/// <summary>Where a value stands between the ends of an axis.</summary>
/// <param name="Label">Of a tick, with its unit where the axis says it at each one.</param>
internal abstract record Scale(double Low, double High, IReadOnlyList<double> Ticks, Func<double, string> Label)
{
    /// <summary>0 at the low end, 1 at the high one; outside of them where the value is.</summary>
    public abstract double Share(double value);

    /// <summary>False for what has no place, such as 0 on a logarithmic axis.</summary>
    public abstract bool Shows(double value);
}
