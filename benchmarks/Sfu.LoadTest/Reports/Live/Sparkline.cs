namespace Sfu.LoadTest.Reports.Live;

/// <summary>A row of characters as a chart.</summary>
internal static class Sparkline
{
    private const string Blocks = "▁▂▃▄▅▆▇█";
    private const string Ascii = "_.:-=+*#";

    /// <summary>A character for each value, the highest one full; from 0 up, so that a quiet line looks quiet.</summary>
    public static string Draw(IEnumerable<double> values, bool unicode)
    {
        double[] all = [.. values];
        double high = all.DefaultIfEmpty(0).Max();
        string levels = unicode ? Blocks : Ascii;
        return string.Concat(all.Select(v => levels[high > 0 ? (int)Math.Clamp(v / high * (levels.Length - 1) + 0.5, 0, levels.Length - 1) : 0]));
    }
}
