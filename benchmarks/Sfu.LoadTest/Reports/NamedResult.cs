using Sfu.LoadTest.Results;

namespace Sfu.LoadTest.Reports;

/// <param name="Name">Short: the head of a column, the label in a chart.</param>
internal sealed record NamedResult(string Name, LoadTestResult Result);
