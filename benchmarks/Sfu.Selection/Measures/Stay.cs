namespace Sfu.Selection.Measures;

/// <summary>How long somebody had a slot; milliseconds.</summary>
internal sealed record Stay(int Member, double From, double Until);
