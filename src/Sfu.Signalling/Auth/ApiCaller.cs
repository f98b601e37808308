namespace Sfu.Signalling.Auth;

/// <summary>A backend that a verified token names.</summary>
/// <param name="KeyId">Of the key that it signs with.</param>
/// <param name="Grants">What it may do.</param>
/// <param name="Room">The only room it may do it in; null for all.</param>
internal sealed record ApiCaller(string KeyId, ApiGrants Grants, string? Room)
{
    /// <param name="any">One of these is enough.</param>
    /// <param name="room">Where; null when it is about no room, or about all.</param>
    public bool May(ApiGrants any, string? room) =>
        (Grants & any) != 0 && (room is null || Room is null || string.Equals(Room, room, StringComparison.Ordinal));
}
