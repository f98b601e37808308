namespace Sfu.LoadTest.Results;

/// <summary>The load tool itself, over the measured time.</summary>
public sealed record ToolResult(double CpuSeconds, double CoresBusy, long ResidentBytes, long AllocatedBytes, double GcPauseSeconds);
