namespace Sfu.Rooms;

/// <summary>What somebody who comes in is told: the stage and a count.</summary>
/// <param name="Id">Of this life of the room: one that is opened anew under the same name has another.</param>
/// <param name="Name">The room's name.</param>
/// <param name="Revision">Of the last event that this holds.</param>
/// <param name="Settings">As they are now.</param>
/// <param name="Stage">In the order in which they took it.</param>
/// <param name="Audience">How many listen without being on the stage.</param>
public sealed record RoomSnapshot(
    string Id, string Name, long Revision, RoomSettings Settings, IReadOnlyList<ParticipantProfile> Stage, int Audience)
{
    /// <summary>In the order in which they rose; for moderators and backends.</summary>
    public IReadOnlyList<Hand> Hands { get; init; } = [];

    /// <summary>Ids of those who are asked to the stage.</summary>
    public IReadOnlyCollection<string> Invited { get; init; } = [];

    public HeardSpeakers Speakers { get; init; } = HeardSpeakers.Nobody;

    /// <summary>How many wait before the door.</summary>
    public int Waiting { get; init; }
}
