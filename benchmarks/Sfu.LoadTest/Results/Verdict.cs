namespace Sfu.LoadTest.Results;

/// <param name="Failures">In words; empty when the run passed.</param>
public sealed record Verdict(bool Passed, IReadOnlyList<string> Failures);
