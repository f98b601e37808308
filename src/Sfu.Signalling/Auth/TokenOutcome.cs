namespace Sfu.Signalling.Auth;

/// <summary>What became of a token; each failure has an error code of its own.</summary>
internal enum TokenOutcome : byte
{
    Valid = 0,
    Missing,
    Malformed,

    /// <summary>Not HS256; <c>none</c> included.</summary>
    BadAlgorithm,
    UnknownKey,
    BadSignature,
    NoExpiry,
    Expired,
    NotYetValid,
    NoIdentity,
    NoRoom,
    WrongRoom,
    NoRole,

    /// <summary>A backend's token that is valid for longer than such tokens may be.</summary>
    LivesTooLong,
}
