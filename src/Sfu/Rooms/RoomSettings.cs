using Sfu.Speakers;

namespace Sfu.Rooms;

/// <summary>How a room behaves; the one who allocates it chooses, and may choose anew while it runs.</summary>
public sealed record RoomSettings
{
    /// <summary>For people to read; see <see cref="RoomBounds"/> for all lengths.</summary>
    public string Title { get; init; } = "";

    /// <summary>A topic each, or <c>topic/subtopic</c>.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Opaque; handed to everybody in the room.</summary>
    public string Metadata { get; init; } = "";

    public Visibility Visibility { get; init; }

    /// <summary>Fixed once the room is open: offers are made of it.</summary>
    public RoomProfile Profile { get; init; }

    public HandPolicy Hands { get; init; }

    /// <summary>How many are heard at the same time, 1..12; 0 takes the node's. Fixed once the room is open.</summary>
    public int Slots { get; init; }

    /// <summary>Who has the slots when more microphones are open than there are.</summary>
    public SelectionPolicy Selection { get; init; } = SelectionPolicy.Default;

    /// <summary>Moderators and speakers together, 1..64.</summary>
    public int MaxStage { get; init; } = RoomBounds.MaxStage;

    /// <summary>Those who listen, 0 or more; 0 takes the node's.</summary>
    public int MaxAudience { get; init; }

    /// <summary>Who finds the room full waits, and is let in when a place is free, in the order of coming.</summary>
    public bool WaitingList { get; init; }

    /// <summary>Who comes earlier waits in the lobby; moderators do not. Null: open at once.</summary>
    public DateTimeOffset? OpensAt { get; init; }

    /// <summary>How long the room outlives its last participant; null keeps it until it is closed.</summary>
    public TimeSpan? EmptyTimeout { get; init; } = TimeSpan.Zero;

    /// <summary>How long the room goes on without a moderator inside; null when a backend moderates it.</summary>
    public TimeSpan? ModeratorTimeout { get; init; }

    /// <summary>When <see cref="ModeratorTimeout"/> is over, who has been on the stage longest moderates, rather than that the room ends.</summary>
    public bool PromoteFromStage { get; init; }

    /// <summary>A second join of an identity that is inside is refused; else it replaces the first.</summary>
    public bool RefuseSecondConnection { get; init; }
}
