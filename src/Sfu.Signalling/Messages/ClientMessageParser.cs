using System.Text.Json;

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
            fields.OptionalBool("onStage") ?? false),
        "resume" => new ResumeMessage(id, fields.String("resumeToken", 1, Bounds.ResumeToken)),
        "answer" => new AnswerMessage(id, fields.Int("generation"), fields.String("sdp", 1, Bounds.Sdp)),
        "mute" => new MuteMessage(id, fields.Bool("muted")),
        "stage" => new StageMessage(id, fields.Bool("on")),
        "ice-restart" => new IceRestartMessage(id),
        "leave" => new LeaveMessage(id),
        "close-room" => new CloseRoomMessage(id),
        "ping" => new PingMessage(id, fields.OptionalNumber("t")),
        _ => null,
    };
}
