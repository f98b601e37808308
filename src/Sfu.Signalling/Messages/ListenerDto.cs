namespace Sfu.Signalling.Messages;

internal sealed record ListenerDto(string Id, string Identity, string Name, string Role, string? Metadata);
