using System.Globalization;
using Sfu.LoadTest.Results;

namespace Sfu.LoadTest.Reports;

/// <summary>Numbers for people: three significant digits, a unit, the same everywhere.</summary>
internal static class Figures
{
    public const string None = "–";

    private static readonly string[] Thousands = ["", "k", "M", "G", "T"];
    private static readonly string[] Binary = ["B", "KiB", "MiB", "GiB", "TiB"];

    /// <summary>1234567 as 1,234,567.</summary>
    public static string Count(double value) => value.ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary>1234567 as 1.23M; whole numbers below a thousand as they are.</summary>
    public static string Compact(double value) => Scaled(value, 1000, Thousands, "", Significant);

    public static string Bytes(double value) => Scaled(value, 1024, Binary, " ", Significant);

    /// <summary>For a tick of an axis: 1500000 as 1.5M, 0.50 as 0.5.</summary>
    public static string Tick(double value) =>
        Scaled(value, 1000, Thousands, "", v => v.ToString("0.######", CultureInfo.InvariantCulture));

    /// <summary>From microseconds to minutes, whichever reads best.</summary>
    public static string Milliseconds(double value) => Math.Abs(value) switch
    {
        >= 120_000 => $"{Significant(value / 60_000)} min",
        >= 10_000 => $"{Significant(value / 1000)} s",
        _ => $"{Significant(value)} ms",
    };

    public static string Microseconds(double value) => $"{Significant(value)} µs";

    public static string Seconds(double value) => Milliseconds(value * 1000);

    public static string Duration(TimeSpan value) =>
        value.TotalHours >= 1 ? value.ToString(@"h\:mm\:ss", CultureInfo.InvariantCulture) : value.ToString(@"m\:ss", CultureInfo.InvariantCulture);

    /// <summary>A share of 0..1 in per cent. What is above 0 never reads as 0.</summary>
    public static string Share(double value) => value switch
    {
        0 => "0 %",
        > 0 and < 0.000_000_1 => "<0.00001 %",
        _ => $"{Significant(100 * value)} %",
    };

    public static string Spread(LossSpread loss) =>
        $"{Share(loss.Min)} to {Share(loss.Max)}, median {Share(loss.P50)}, p99 {Share(loss.P99)}";

    public static string Recovery(SurgeResult surge) => OrNone(surge.RecoverySeconds, Seconds);

    public static string Times(double value) => double.IsFinite(value) ? $"{Significant(value)}×" : None;

    public static string OrNone(double? value, Func<double, string> format) => value is { } v ? format(v) : None;

    /// <summary>Three significant digits and no fewer whole ones: 0.0123, 1.23, 12.3, 1,234.</summary>
    public static string Significant(double value)
    {
        if (value == 0 || !double.IsFinite(value))
            return value == 0 ? "0" : None;
        if (value == Math.Floor(value) && Math.Abs(value) < 1000)
            return value.ToString("0", CultureInfo.InvariantCulture);
        int decimals = Decimals(value);
        return Math.Round(value, decimals).ToString("#,0." + new string('0', decimals), CultureInfo.InvariantCulture);
    }

    private static int Decimals(double value)
    {
        int decimals = At(value);
        return At(Math.Round(value, decimals)) is var after && after < decimals ? after : decimals; // 9.996 is 10.0

        static int At(double v) => Math.Clamp(2 - (int)Math.Floor(Math.Log10(Math.Abs(v) + double.Epsilon)), 0, 6);
    }

    private static string Scaled(double value, double by, string[] units, string space, Func<double, string> format)
    {
        int unit = 0;
        // 999.6 would read "1,000" with the smaller unit.
        for (; unit < units.Length - 1 && Math.Abs(value) >= by * 0.9995; unit++)
            value /= by;
        return $"{format(value)}{(units[unit].Length == 0 ? "" : space)}{units[unit]}";
    }
}
