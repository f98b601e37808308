using Sfu.Rooms;
using Sfu.Signalling.Auth;
using Sfu.Signalling.Messages;

namespace Sfu.Signalling.Webhooks;

/// <summary>What is sent. Which of the fields after <paramref name="Revision"/> are there depends on the type.</summary>
internal sealed record WebhookBody(string Id, string Type, DateTimeOffset Time, string RoomId, string Room, long Revision)
{
    public SettingsDto? Settings { get; init; }

    public MemberDto? Participant { get; init; }

    public string? ParticipantId { get; init; }

    public string? Identity { get; init; }

    public HandDto? Hand { get; init; }

    public string? Role { get; init; }

    public string? By { get; init; }

    /// <summary>Of an invitation.</summary>
    public string? End { get; init; }

    /// <summary>Why something is over, or why somebody waits.</summary>
    public string? Reason { get; init; }

    public int? Position { get; init; }

    public MessageBody? Message { get; init; }

    public static WebhookBody Of(WebhookEvent noted)
    {
        var body = new WebhookBody(noted.Id, noted.Type, noted.At, noted.RoomId, noted.Room, noted.Event.Revision);
        return noted.Event switch
        {
            RoomOpened e => body with { Settings = Translate.Settings(e.Settings) },
            RoomUpdated e => body with { Settings = Translate.Settings(e.Settings) },
            RoomEnded e => body with { Reason = ReasonOf(e.Reason) },
            ParticipantJoined e => body with { Participant = Translate.Member(e.Profile) },
            ParticipantLeft e => body with { ParticipantId = e.Id, Identity = e.Identity, Reason = ReasonOf(e.Reason) },
            Waiting e => body with { ParticipantId = e.Id, Identity = e.Identity, Reason = Names.Of(e.Reason), Position = e.Position },
            WaitingEnded e => body with { ParticipantId = e.Id, Identity = e.Identity, Reason = ReasonOf(e.Reason) },
            StageJoined e => body with { Participant = Translate.Member(e.Member) },
            StageChanged e => body with { Participant = Translate.Member(e.Member) },
            StageLeft e => body with { ParticipantId = e.Id },
            HandRaised e => body with { ParticipantId = e.Hand.Id, Hand = Translate.Hand(e.Hand) },
            HandLowered e => body with { ParticipantId = e.Id },
            Invited e => body with { ParticipantId = e.Id, By = e.By },
            InvitationEnded e => body with { ParticipantId = e.Id, End = Names.Of(e.End) },
            RoleChanged e => body with { ParticipantId = e.Id, Role = RoleNames.Of(e.Role) },
            MessageSent e => body with { ParticipantId = e.From, Message = MessageBody.Of(e) },
            _ => throw new ArgumentOutOfRangeException(nameof(noted), noted.Type, "No body for this event."),
        };
    }

    /// <summary>People are told that the room was closed; a backend may want to know that nobody closed it.</summary>
    private static string ReasonOf(EndReason reason) => reason == EndReason.RoomEmpty ? "room-empty" : Farewell.Of(reason).Reason;
}
