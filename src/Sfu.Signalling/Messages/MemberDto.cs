namespace Sfu.Signalling.Messages;

/// <param name="Hearing">Null for who is heard by voice.</param>
/// <param name="Metadata">Null for none.</param>
/// <param name="Attributes">Null for none.</param>
internal sealed record MemberDto(
    string Id,
    string Identity,
    string Name,
    string Role,
    uint Csrc,
    bool Muted,
    bool MuteLocked = false,
    string? Hearing = null,
    string? Metadata = null,
    IReadOnlyDictionary<string, string>? Attributes = null);
