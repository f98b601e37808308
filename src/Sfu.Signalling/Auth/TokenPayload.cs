namespace Sfu.Signalling.Auth;

/// <summary>The claims of a token that we sign.</summary>
internal sealed record TokenPayload(string Sub, string Room, string Role, string? Name, long Exp);
