namespace Sfu.LoadTest.Results;

/// <summary>Our server beside another product, from runs on one machine.</summary>
public sealed record ComparisonResult(MachineResult Machine, IReadOnlyList<ComparisonRow> Runs, IReadOnlyList<ComparisonRatio> Ratios);
