namespace Sfu.LoadTest.Reports.Charts;

/// <summary>Labels below each other that would like to stand elsewhere.</summary>
internal static class LabelColumn
{
    /// <summary>Moves them apart, in the order of their wishes, and keeps them between top and bottom as far as there is room.</summary>
    public static double[] Place(IReadOnlyList<double> wishes, double distance, double top, double bottom)
    {
        int[] order = [.. Enumerable.Range(0, wishes.Count).OrderBy(i => wishes[i])];
        double[] places = new double[wishes.Count];
        double free = top;
        foreach (int i in order)
        {
            places[i] = Math.Max(wishes[i], free);
            free = places[i] + distance;
        }
        double limit = bottom;
        foreach (int i in order.Reverse())
        {
            places[i] = Math.Min(places[i], limit);
            limit = places[i] - distance;
        }
        return places;
    }
}
