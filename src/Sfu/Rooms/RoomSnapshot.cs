namespace Sfu.Rooms;

/// <summary>What somebody who comes in is told: the stage and a count.</summary>
/// <param name="Name">The room's name.</param>
/// <param name="Revision">Of the last event that this holds.</param>
/// <param name="Stage">In the order in which they took it.</param>
/// <param name="Audience">How many listen without being on the stage.</param>
public sealed record RoomSnapshot(string Name, long Revision, IReadOnlyList<StageMember> Stage, int Audience);
