namespace Sfu.Rooms;

/// <summary>What a moderator does with one person.</summary>
public enum Moderation : byte
{
    LowerHand,
    WithdrawInvitation,
    MoveToAudience,
    MakeSpeaker,
    MakeModerator,
    HandOver,
    Mute,

    /// <summary>Ends a moderator's mute; the microphone stays closed until its owner opens it.</summary>
    AllowMicrophone,
    Remove,

    // See Hearing.
    Pin,
    Exclude,
    HearByVoice,
}
