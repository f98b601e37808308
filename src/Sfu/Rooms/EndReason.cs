namespace Sfu.Rooms;

/// <summary>Why somebody's stay in a room ended.</summary>
public enum EndReason : byte
{
    /// <summary>Left of their own accord.</summary>
    Left,

    /// <summary>The same identity joined again; the newer stay goes on.</summary>
    Replaced,

    /// <summary>By a moderator or a backend.</summary>
    RoomClosed,

    /// <summary>Neither signalling nor media was heard of for longer than allowed.</summary>
    TimedOut,

    ServerStopping,

    /// <summary>The client's certificate is not the one that its SDP answer names (RFC 8827 6.5).</summary>
    FingerprintMismatch,

    /// <summary>By a moderator or a backend; may come back.</summary>
    Removed,

    /// <summary>As <see cref="Removed"/>, and the tokens made so far let nobody in any more.</summary>
    Banned,

    /// <summary>Nobody was inside for longer than the room allows.</summary>
    RoomEmpty,

    /// <summary>No moderator was inside for longer than the room allows.</summary>
    NoModerator,
}
