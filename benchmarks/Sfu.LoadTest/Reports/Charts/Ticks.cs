namespace Sfu.LoadTest.Reports.Charts;

/// <summary>Round values for an axis.</summary>
internal static class Ticks
{
    private static readonly int[] Fine = [1, 2, 5];
    private static readonly double[] Steps = [1, 2, 5, 10, 20];
    private static readonly double[] TimeSteps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 28800, 86400];

    /// <summary>0 and up in steps of 1, 2 or 5 times a power of ten; the last one is at least <paramref name="max"/>.</summary>
    /// <param name="about">How many steps there may be at most.</param>
    /// <param name="smallest">No step is smaller: 1 for what comes in whole numbers.</param>
    public static IReadOnlyList<double> Linear(double max, int about, double smallest = 0)
    {
        if (!(max > 0) || !double.IsFinite(max))
            max = Math.Max(1, smallest);
        double power = Math.Pow(10, Math.Floor(Math.Log10(max / about)));
        double step = Steps.Select(s => s * power).First(s => max <= s * about * (1 + 1e-9));
        return Multiples(Math.Max(step, smallest), max, beyond: true);
    }

    /// <summary>Seconds from 0 to at most <paramref name="max"/>, in steps that a clock has.</summary>
    public static IReadOnlyList<double> Time(double max, int about)
    {
        double step = TimeSteps.FirstOrDefault(s => max / s <= about, TimeSteps[^1]);
        return Multiples(step, Math.Max(0, max), beyond: false);
    }

    /// <summary>1, 2 and 5 times powers of ten around a range, thinned to powers of ten, and then to each second, third... of them.</summary>
    public static IReadOnlyList<double> Log(double low, double high, int about)
    {
        int first = (int)Math.Floor(Math.Log10(low) + 1e-9), last = (int)Math.Ceiling(Math.Log10(high) - 1e-9);
        List<double> fine = [.. Enumerable.Range(first, last - first + 1).SelectMany(_ => Fine, Power)];
        while (fine.Count > 2 && fine[1] <= low * (1 + 1e-9))
            fine.RemoveAt(0);
        while (fine.Count > 2 && fine[^2] >= high * (1 - 1e-9))
            fine.RemoveAt(fine.Count - 1);
        if (fine.Count - 1 <= about)
            return fine;
        int by = Math.Max(1, (int)Math.Ceiling((last - first) / (double)about));
        int count = (int)Math.Ceiling((last - first) / (double)by);
        return [.. Enumerable.Range(0, count + 1).Select(i => Power(first + i * by, 1))];
    }

    // Divided where the power is negative: 1 / 10 is 0.1, and 10^-1 need not be.
    private static double Power(int exponent, int times) =>
        exponent < 0 ? times / Math.Pow(10, -exponent) : times * Math.Pow(10, exponent);

    private static IReadOnlyList<double> Multiples(double step, double max, bool beyond)
    {
        double steps = max / step;
        int count = (int)(beyond ? Math.Ceiling(steps - 1e-9) : Math.Floor(steps + 1e-9));
        // Rounded away: 3 * 0.1 is 0.30000000000000004.
        int digits = Math.Clamp(2 - (int)Math.Floor(Math.Log10(step)), 0, 15);
        return [.. Enumerable.Range(0, count + 1).Select(i => Math.Round(i * step, digits))];
    }
}
