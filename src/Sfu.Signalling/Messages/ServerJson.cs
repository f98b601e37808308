using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sfu.Signalling.Messages;

[JsonSerializable(typeof(WelcomeMessage))]
[JsonSerializable(typeof(OfferMessage))]
[JsonSerializable(typeof(OkMessage))]
[JsonSerializable(typeof(ErrorMessage))]
[JsonSerializable(typeof(StageJoinedMessage))]
[JsonSerializable(typeof(StageChangedMessage))]
[JsonSerializable(typeof(StageLeftMessage))]
[JsonSerializable(typeof(AudienceMessage))]
[JsonSerializable(typeof(SelfMessage))]
[JsonSerializable(typeof(MediaMessage))]
[JsonSerializable(typeof(RedundancyMessage))]
[JsonSerializable(typeof(ByeMessage))]
[JsonSerializable(typeof(PongMessage))]
[JsonSerializable(typeof(HandRaisedMessage))]
[JsonSerializable(typeof(HandLoweredMessage))]
[JsonSerializable(typeof(InvitedMessage))]
[JsonSerializable(typeof(InvitationEndedMessage))]
[JsonSerializable(typeof(RoleChangedMessage))]
[JsonSerializable(typeof(TextMessage))]
[JsonSerializable(typeof(ReactionsMessage))]
[JsonSerializable(typeof(SpeakersMessage))]
[JsonSerializable(typeof(RoomUpdatedMessage))]
[JsonSerializable(typeof(WaitingMessage))]
[JsonSerializable(typeof(PlaceMessage))]
[JsonSerializable(typeof(AudiencePageMessage))]
[JsonSerializable(typeof(HandsMessage))]
[JsonSerializable(typeof(InviteCodeMessage))]
internal sealed partial class ServerJson : JsonSerializerContext
{
    /// <summary>Leaves non-ASCII names as UTF-8: nothing here is ever put into HTML by the server.</summary>
    private static readonly ServerJson Compact = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    public static byte[] Encode(ServerMessage message) => JsonSerializer.SerializeToUtf8Bytes(message, message.GetType(), Compact);
}
