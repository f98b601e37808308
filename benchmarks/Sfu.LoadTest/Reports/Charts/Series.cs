namespace Sfu.LoadTest.Reports.Charts;

/// <param name="Name">Stands beside the end of the line.</param>
/// <param name="Style">"one", "two" or "three": a colour and a stroke.</param>
/// <param name="Points">In ascending order; the line breaks where there is no value.</param>
internal sealed record Series(string Name, string Style, IReadOnlyList<(double X, double? Y)> Points);
