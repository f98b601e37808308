namespace Sfu.LoadTest.Reports;

/// <summary>Paths; null for what is not wanted.</summary>
/// <param name="MaxRatio">Of the server's CPU for a packet to the ceiling's; more fails.</param>
internal sealed record ReportRequest(
    IReadOnlyList<string> Results, string? Html, string? Markdown, string? Charts, string? Ceiling, double? MaxRatio)
{
    public bool WritesNothing => Html is null && Markdown is null && Charts is null && MaxRatio is null;
}
