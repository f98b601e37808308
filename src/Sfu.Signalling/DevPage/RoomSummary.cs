using Sfu.Rooms;

namespace Sfu.Signalling.DevPage;

/// <summary>A room as the page lists it.</summary>
/// <param name="Name">The room's name.</param>
/// <param name="Stage">Names of those on the stage.</param>
/// <param name="Audience">How many listen.</param>
internal sealed record RoomSummary(string Name, IReadOnlyList<string> Stage, int Audience)
{
    public static RoomSummary Of(RoomSnapshot room) => new(room.Name, [.. room.Stage.Select(member => member.Name)], room.Audience);
}
