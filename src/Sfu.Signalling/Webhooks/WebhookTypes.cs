using System.Collections.Frozen;
using Sfu.Rooms;

namespace Sfu.Signalling.Webhooks;

/// <summary>The events that receivers are told, by the names that they have there.</summary>
internal static class WebhookTypes
{
    private static readonly FrozenDictionary<Type, string> Names = new Dictionary<Type, string>
    {
        [typeof(RoomOpened)] = "room.opened",
        [typeof(RoomUpdated)] = "room.updated",
        [typeof(RoomEnded)] = "room.ended",
        [typeof(ParticipantJoined)] = "participant.joined",
        [typeof(ParticipantLeft)] = "participant.left",
        [typeof(Waiting)] = "waiting",
        [typeof(WaitingEnded)] = "waiting.ended",
        [typeof(StageJoined)] = "stage.joined",
        [typeof(StageChanged)] = "stage.changed",
        [typeof(StageLeft)] = "stage.left",
        [typeof(HandRaised)] = "hand.raised",
        [typeof(HandLowered)] = "hand.lowered",
        [typeof(Invited)] = "invited",
        [typeof(InvitationEnded)] = "invitation.ended",
        [typeof(RoleChanged)] = "role.changed",
        [typeof(MessageSent)] = "message",
    }.ToFrozenDictionary();

    public static IReadOnlyList<string> All { get; } = [.. Names.Values.Order(StringComparer.Ordinal)];

    /// <returns>Null for what no backend waits for: counts, of listeners and of reactions.</returns>
    public static string? Of(RoomEvent roomEvent) => Names.GetValueOrDefault(roomEvent.GetType());
}
