using Sfu.Rooms;
using Sfu.Signalling.Messages;

namespace Sfu.Signalling.DevPage;

/// <summary>A room as the page lists it.</summary>
/// <param name="Name">The room's name.</param>
/// <param name="Title">For people to read; may be empty.</param>
/// <param name="Tags">A topic each, or <c>topic/subtopic</c>.</param>
/// <param name="Profile"><c>voice</c>, <c>music</c> or <c>silent</c>.</param>
/// <param name="Visibility"><c>public</c> or <c>private</c>: development hides nothing from its page.</param>
/// <param name="OpensAt">When the doors open; null for a room that has no such time.</param>
/// <param name="Stage">Names of those on the stage.</param>
/// <param name="Audience">How many listen.</param>
internal sealed record RoomSummary(
    string Name,
    string Title,
    IReadOnlyList<string> Tags,
    string Profile,
    string Visibility,
    DateTimeOffset? OpensAt,
    IReadOnlyList<string> Stage,
    int Audience)
{
    public static RoomSummary Of(RoomSnapshot room) => new(
        room.Name,
        room.Settings.Title,
        room.Settings.Tags,
        Names.Of(room.Settings.Profile),
        Names.Of(room.Settings.Visibility),
        room.Settings.OpensAt,
        [.. room.Stage.Select(member => member.Name)],
        room.Audience);
}
