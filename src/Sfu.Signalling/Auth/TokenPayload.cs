namespace Sfu.Signalling.Auth;

/// <summary>The claims of a token that we sign.</summary>
internal sealed record TokenPayload(string Sub, string Room, string Role, string? Name, double Iat, double Exp)
{
    public bool? Followed { get; init; }

    public string? Metadata { get; init; }

    public IReadOnlyDictionary<string, string>? Attributes { get; init; }
}
