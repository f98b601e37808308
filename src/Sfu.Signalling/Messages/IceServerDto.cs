namespace Sfu.Signalling.Messages;

internal sealed record IceServerDto(IReadOnlyList<string> Urls, string? Username, string? Credential);
