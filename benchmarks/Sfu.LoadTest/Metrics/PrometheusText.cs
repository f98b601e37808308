using System.Globalization;

namespace Sfu.LoadTest.Metrics;

/// <summary>Reads the Prometheus text format, as far as counters and gauges need it.</summary>
internal static class PrometheusText
{
    /// <summary>The sum over all series of a metric.</summary>
    /// <param name="label">Such as <c>direction="out"</c>; null takes every series.</param>
    /// <returns>Null when there is no such series.</returns>
    public static double? Sum(string text, string name, string? label = null)
    {
        double? sum = null;
        foreach ((string labels, double value) in Series(text, name))
        {
            if (label is null || labels.Contains(label, StringComparison.Ordinal))
                sum = (sum ?? 0) + value;
        }

        return sum;
    }

    /// <summary>The sums by the values of one label.</summary>
    public static Dictionary<string, double> SumBy(string text, string name, string label)
    {
        var sums = new Dictionary<string, double>();
        string prefix = label + "=\"";
        foreach ((string labels, double value) in Series(text, name))
        {
            int start = labels.IndexOf(prefix, StringComparison.Ordinal);
            if (start < 0)
                continue;
            start += prefix.Length;
            string key = labels[start..labels.IndexOf('"', start)];
            sums[key] = sums.GetValueOrDefault(key) + value;
        }

        return sums;
    }

    private static IEnumerable<(string Labels, double Value)> Series(string text, string name)
    {
        foreach (string line in text.Split('\n'))
        {
            if (!line.StartsWith(name, StringComparison.Ordinal) || line.Length == name.Length || line[name.Length] is not (' ' or '{'))
                continue;
            int end = line.LastIndexOf('}');
            string labels = end < 0 ? "" : line[name.Length..end];
            string value = line[(end < 0 ? name.Length : end + 1)..].TrimStart().Split(' ')[0];
            if (double.TryParse(value, CultureInfo.InvariantCulture, out double number))
                yield return (labels, number);
        }
    }
}
