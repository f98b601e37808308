namespace Sfu.LoadTest.Reports;

/// <param name="Bad">Something that a run should not show.</param>
internal sealed record Fact(string Name, string Value, bool Bad = false);
