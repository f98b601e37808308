namespace Sfu.Rooms;

/// <summary>A raised hand.</summary>
/// <param name="Number">Grows with each hand of the room: the order in which they rose.</param>
/// <param name="Id">Of the participant.</param>
/// <param name="Note">0..200 characters.</param>
public sealed record Hand(long Number, string Id, string Identity, string Name, string Note);
