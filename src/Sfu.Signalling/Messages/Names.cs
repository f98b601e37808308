using Sfu.Rooms;

namespace Sfu.Signalling.Messages;

/// <summary>Enumerations of the domain as messages spell them: lower case, words joined by hyphens.</summary>
internal static class Names
{
    public static string Of(Visibility value) => value == Visibility.Private ? "private" : "public";

    public static Visibility? VisibilityOf(string? name) => name switch
    {
        "public" => Visibility.Public,
        "private" => Visibility.Private,
        _ => null,
    };

    public static string Of(RoomProfile value) => value switch
    {
        RoomProfile.Music => "music",
        RoomProfile.Silent => "silent",
        _ => "voice",
    };

    public static RoomProfile? ProfileOf(string? name) => name switch
    {
        "voice" => RoomProfile.Voice,
        "music" => RoomProfile.Music,
        "silent" => RoomProfile.Silent,
        _ => null,
    };

    public static string Of(HandPolicy value) => value switch
    {
        HandPolicy.Followed => "followed",
        HandPolicy.Nobody => "nobody",
        _ => "everyone",
    };

    public static HandPolicy? HandPolicyOf(string? name) => name switch
    {
        "everyone" => HandPolicy.Everyone,
        "followed" => HandPolicy.Followed,
        "nobody" => HandPolicy.Nobody,
        _ => null,
    };

    public static string Of(InvitationEnd value) => value switch
    {
        InvitationEnd.Accepted => "accepted",
        InvitationEnd.Declined => "declined",
        InvitationEnd.Withdrawn => "withdrawn",
        _ => "expired",
    };

    public static string Of(WaitReason value) => value == WaitReason.DoorsClosed ? "doors-closed" : "room-full";

    /// <returns>Null for what is usual.</returns>
    public static string? Of(Hearing value) => value switch
    {
        Hearing.Pinned => "pinned",
        Hearing.Excluded => "excluded",
        _ => null,
    };

    public static Moderation? ModerationOf(string? name) => name switch
    {
        "lower-hand" => Moderation.LowerHand,
        "withdraw-invitation" => Moderation.WithdrawInvitation,
        "move-to-audience" => Moderation.MoveToAudience,
        "make-speaker" => Moderation.MakeSpeaker,
        "make-moderator" => Moderation.MakeModerator,
        "hand-over" => Moderation.HandOver,
        "mute" => Moderation.Mute,
        "allow-microphone" => Moderation.AllowMicrophone,
        "remove" => Moderation.Remove,
        "pin" => Moderation.Pin,
        "exclude" => Moderation.Exclude,
        "hear-by-voice" => Moderation.HearByVoice,
        _ => null,
    };
}
