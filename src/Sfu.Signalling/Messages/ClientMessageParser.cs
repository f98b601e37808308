using System.Text.Json;
using Sfu.Rooms;
using Sfu.Slots;

namespace Sfu.Signalling.Messages;

/// <summary>From bytes to a message, or to the first error in it. Never throws.</summary>
internal static class ClientMessageParser
{
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = Bounds.JsonDepth };

    /// <param name="bytes">One whole text message.</param>
    /// <param name="message">Null when there is an error.</param>
    /// <param name="id">Of the request, also when the request itself is wrong.</param>
    public static ProtocolError? Parse(ReadOnlyMemory<byte> bytes, out ClientMessage? message, out string? id)
    {
        message = null;
        id = null;
        try
        {
            using JsonDocument document = JsonDocument.Parse(bytes, Strict);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                return Errors.BadJson;

            var fields = new FieldReader(document.RootElement);
            id = fields.OptionalString("id", 1, Bounds.Id);
            string type = fields.String("type", 0, int.MaxValue);
            if (fields.Error is not null)
                return fields.Error;

            message = Read(type, id, ref fields);
            if (fields.Error is null)
                return message is null ? Errors.UnknownType() : null;
            message = null;
            return fields.Error;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // The second one comes from property names with escapes that are no Unicode text.
            message = null;
            return Errors.BadJson;
        }
    }

    private static ClientMessage? Read(string type, string? id, ref FieldReader fields)
    {
        if (type is "join" or "resume")
            fields.Version("v");
        return fields.Error is null ? ReadFields(type, id, ref fields) : null;
    }

    private static ClientMessage? ReadFields(string type, string? id, ref FieldReader fields) => type switch
    {
        "join" => new JoinMessage(
            id,
            fields.Name("room", 1, Bounds.Room),
            fields.OptionalString("token", 0, int.MaxValue),
            fields.OptionalName("name", 0, Bounds.Name),
            fields.OptionalBool("onStage") ?? false,
            fields.OptionalString("inviteCode", 1, Bounds.InviteCode)),
        "resume" => new ResumeMessage(id, fields.String("resumeToken", 1, Bounds.ResumeToken)),
        "answer" => new AnswerMessage(id, fields.Int("generation"), fields.String("sdp", 1, Bounds.Sdp)),
        "mute" => new MuteMessage(id, fields.Bool("muted")),
        "stage" => new StageMessage(id, fields.Bool("on")),
        "listen" => new ListenMessage(id, Math.Clamp(fields.Int("slots"), 1, MediaConstants.MaxSlots)),
        "ice-restart" => new IceRestartMessage(id),
        "leave" => new LeaveMessage(id),
        "close-room" => new CloseRoomMessage(id),
        "raise-hand" => new HandMessage(id, true, fields.OptionalName("note", 0, RoomBounds.Note)),
        "lower-hand" => new HandMessage(id, false, null),
        "list-hands" => new ListHandsMessage(id),
        "invite" => new InviteMessage(id, fields.Strings("participants", RoomBounds.InviteGroup, Bounds.Id)),
        "accept-invitation" => new InvitationMessage(id, true),
        "decline-invitation" => new InvitationMessage(id, false),
        "moderate" => new ModerateMessage(
            id,
            fields.Choice("action", Names.ModerationOf),
            fields.String("participant", 1, Bounds.Id),
            fields.OptionalBool("ban") ?? false),
        "message" => ReadMessage(id, ref fields),
        "react" => new ReactMessage(id, fields.Name("reaction", 1, RoomBounds.Reaction)),
        "list-audience" => new ListAudienceMessage(
            id,
            fields.OptionalName("prefix", 0, RoomBounds.DisplayName) ?? "",
            fields.OptionalString("from", 1, RoomBounds.DisplayName + Bounds.Id + 1),
            Math.Clamp(fields.OptionalInt("size") ?? RoomBounds.PageSize, 1, RoomBounds.PageSize)),
        "update-room" => new UpdateRoomMessage(
            id,
            fields.OptionalName("title", 0, RoomBounds.Title),
            fields.OptionalChoice("hands", Names.HandPolicyOf)),
        "add-invite-code" => new AddInviteCodeMessage(id, Math.Clamp(fields.OptionalInt("uses") ?? 1, 1, RoomBounds.InviteCodeUses)),
        "ping" => new PingMessage(id, fields.OptionalNumber("t")),
        _ => null,
    };

    private static SendMessage ReadMessage(string? id, ref FieldReader fields)
    {
        string to = fields.String("to", 1, Bounds.Id);
        MessageScope scope = to switch
        {
            "room" => MessageScope.Room,
            "stage" => MessageScope.Stage,
            _ => MessageScope.One,
        };
        return new SendMessage(id, scope, to, fields.OptionalName("topic", 0, RoomBounds.Topic) ?? "", fields.String("text", 1, RoomBounds.Text));
    }
}
