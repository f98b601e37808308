namespace Sfu.Signalling.Messages;

/// <param name="MuteLocked">A moderator muted: unmuting is refused.</param>
internal sealed record SelfDto(
    string Id,
    string Identity,
    string Name,
    string Role,
    bool OnStage,
    bool Muted,
    uint Csrc,
    bool MuteLocked = false,
    bool HandRaised = false,
    bool Invited = false);
