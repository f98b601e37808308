namespace Sfu.Signalling.Messages;

internal sealed record SelfDto(string Id, string Identity, string Name, string Role, bool OnStage, bool Muted, uint Csrc);
