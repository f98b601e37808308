namespace Sfu.Rooms;

/// <summary>A part of those who listen, in the order of their names.</summary>
/// <param name="Next">Where the next page begins; null after the last.</param>
public sealed record AudiencePage(IReadOnlyList<Participant> Participants, string? Next);
