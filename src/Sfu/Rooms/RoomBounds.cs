namespace Sfu.Rooms;

/// <summary>How large what people send may be. Lengths are UTF-16 code units.</summary>
public static class RoomBounds
{
    public const int Name = 128;
    public const int Identity = 128;
    public const int DisplayName = 256;
    public const int Title = 256;
    public const int Tags = 16;
    public const int Tag = 64;
    public const int Metadata = 65_536;
    public const int Attributes = 64;
    public const int AttributeKey = 64;
    public const int AttributeValue = 1_024;
    public const int Note = 200;
    public const int Topic = 64;
    public const int Text = 2_000;
    public const int Reaction = 16;

    /// <summary>Kinds of reactions that are counted apart within a second; the rest is dropped.</summary>
    public const int Reactions = 32;

    /// <summary>More microphones than this in one room are no conversation.</summary>
    public const int MaxStage = 64;

    // Of a SelectionPolicy.
    public static readonly (TimeSpan Least, TimeSpan Most) Pause = (TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(5));
    public static readonly (TimeSpan Least, TimeSpan Most) MinimumTime = (TimeSpan.Zero, TimeSpan.FromSeconds(30));
    public static readonly (TimeSpan Least, TimeSpan Most) Patience = (TimeSpan.Zero, TimeSpan.FromSeconds(60));
    public static readonly (TimeSpan Least, TimeSpan Most) HoldTime = (TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(60));
    public static readonly (int Least, int Most) SpeechLevel = (20, 100);
    public static readonly (int Least, int Most) NoiseMargin = (3, 30);

    /// <summary>In one page of participants.</summary>
    public const int PageSize = 200;

    /// <summary>People who can be invited with one command.</summary>
    public const int InviteGroup = 64;

    /// <summary>Invite codes that a room holds at the same time.</summary>
    public const int InviteCodes = 1_000;

    /// <summary>How often one invite code may open the door.</summary>
    public const int InviteCodeUses = 100_000;

    /// <summary>Admitted and banned identities that a room remembers, each.</summary>
    public const int Identities = 100_000;
}
