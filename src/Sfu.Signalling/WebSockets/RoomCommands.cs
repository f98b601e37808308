using Sfu.Rooms;
using Sfu.Signalling.Messages;

namespace Sfu.Signalling.WebSockets;

/// <summary>From a client's message to what the room does; runs under the room's lock.</summary>
internal static class RoomCommands
{
    /// <param name="now">For bans: of the clock that tokens are made by.</param>
    public static RoomError Run(Room room, Participant self, ClientMessage message, DateTimeOffset now) => message switch
    {
        HandMessage { Raised: true } hand => room.RaiseHand(self, hand.Note ?? ""),
        HandMessage => room.LowerHand(self, self),
        InviteMessage invite => Invite(room, self, invite.Participants),
        InvitationMessage { Accepted: false } => room.DeclineInvitation(self),
        ModerateMessage moderate => room.Find(moderate.Participant) is { } participant
            ? Moderate(room, self, participant, moderate, now)
            : RoomError.NotInRoom,
        SendMessage send => room.Send(self, send.Scope, send.To, send.Topic, send.Text),
        ReactMessage react => room.React(self, react.Reaction),
        UpdateRoomMessage update => room.Update(self, room.Settings with
        {
            Title = update.Title ?? room.Settings.Title,
            Hands = update.Hands ?? room.Settings.Hands,
        }),
        CloseRoomMessage => room.Close(self),
        _ => throw new ArgumentOutOfRangeException(nameof(message), message.GetType().Name, "No command for this message."),
    };

    private static RoomError Moderate(Room room, Participant self, Participant participant, ModerateMessage message, DateTimeOffset now) =>
        message.Action switch
        {
            Moderation.LowerHand => room.LowerHand(self, participant),
            Moderation.WithdrawInvitation => room.WithdrawInvitation(self, participant),
            Moderation.MoveToAudience => room.MoveToAudience(self, participant),
            Moderation.MakeSpeaker => room.SetRole(self, participant, Role.Speaker),
            Moderation.MakeModerator => room.SetRole(self, participant, Role.Moderator),
            Moderation.HandOver => room.HandOver(self, participant),
            Moderation.Mute => room.Mute(self, participant, muted: true),
            Moderation.AllowMicrophone => room.Mute(self, participant, muted: false),
            Moderation.Pin => room.SetHearing(self, participant, Hearing.Pinned),
            Moderation.Exclude => room.SetHearing(self, participant, Hearing.Excluded),
            Moderation.HearByVoice => room.SetHearing(self, participant, Hearing.ByVoice),
            _ => room.Remove(self, participant, message.Ban ? now : null),
        };

    /// <summary>Whoever left or is on the stage meanwhile is passed over; an error when nobody could be asked.</summary>
    private static RoomError Invite(Room room, Participant self, IReadOnlyList<string> ids)
    {
        RoomError last = RoomError.NotInRoom;
        bool any = false;
        foreach (string id in ids)
        {
            last = room.Find(id) is { } participant ? room.Invite(self, participant) : RoomError.NotInRoom;
            any |= last == RoomError.None;
        }

        return any ? RoomError.None : last;
    }
}
