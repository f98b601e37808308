namespace Sfu.Signalling.Messages;

internal sealed record MemberDto(string Id, string Identity, string Name, string Role, uint Csrc, bool Muted);
