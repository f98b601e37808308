using System.Globalization;
using System.Text.Json;
using Sfu.Rooms;
using Sfu.Signalling.Messages;

namespace Sfu.Signalling.DevPage;

/// <summary>A room that the page wants opened.</summary>
/// <param name="Error">What is wrong with the fields, or with the settings that they make.</param>
internal sealed record RoomRequest(string Name, RoomSettings Settings, ProtocolError? Error)
{
    public static RoomRequest Read(JsonElement body)
    {
        var fields = new FieldReader(body);
        var usual = new RoomSettings();
        string name = fields.Name("name", 1, Bounds.Room);
        var settings = new RoomSettings
        {
            Title = fields.OptionalName("title", 0, RoomBounds.Title) ?? "",
            Tags = body.TryGetProperty("tags", out _) ? fields.Strings("tags", RoomBounds.Tags, RoomBounds.Tag) : [],
            Visibility = fields.OptionalChoice("visibility", Names.VisibilityOf) ?? usual.Visibility,
            Profile = fields.OptionalChoice("profile", Names.ProfileOf) ?? usual.Profile,
            Hands = fields.OptionalChoice("hands", Names.HandPolicyOf) ?? usual.Hands,
            MaxStage = fields.OptionalInt("maxStage") ?? usual.MaxStage,
            MaxAudience = fields.OptionalInt("maxAudience") ?? usual.MaxAudience,
            WaitingList = fields.OptionalBool("waitingList") ?? usual.WaitingList,
            OpensAt = fields.OptionalChoice("opensAt", TimeOf),
        };
        return new RoomRequest(name, settings, fields.Error ?? ErrorIn(settings));
    }

    private static ProtocolError? ErrorIn(RoomSettings settings) =>
        SettingsProblem.Find(settings) is [var first, ..] ? Errors.BadField(JsonNamingPolicy.CamelCase.ConvertName(first.Field), first.What) : null;

    private static DateTimeOffset? TimeOf(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time) ? time : null;
}
