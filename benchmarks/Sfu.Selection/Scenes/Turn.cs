namespace Sfu.Selection.Scenes;

/// <summary>What somebody says in one go, by the label and not by any detector. Milliseconds from the start of the scene.</summary>
/// <param name="Start">First audible frame.</param>
/// <param name="End">Behind the last audible frame.</param>
/// <param name="BackChannel">A short sign of listening ("mhm"), which claims no turn.</param>
internal sealed record Turn(int Member, int Start, int End, bool BackChannel);
