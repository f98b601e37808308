namespace Sfu.LoadTest.Reports;

internal sealed record FactGroup(string Title, IReadOnlyList<Fact> Facts);
