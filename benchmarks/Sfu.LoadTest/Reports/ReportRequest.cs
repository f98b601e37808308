namespace Sfu.LoadTest.Reports;

/// <summary>Paths; null for what is not wanted.</summary>
internal sealed record ReportRequest(IReadOnlyList<string> Results, string? Html, string? Markdown, string? Charts, string? Ceiling)
{
    public bool WritesNothing => Html is null && Markdown is null && Charts is null;
}
