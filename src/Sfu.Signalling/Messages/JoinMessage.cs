namespace Sfu.Signalling.Messages;

internal sealed record JoinMessage(string? Id, string Room, string? Token, string? Name, bool OnStage, string? InviteCode)
    : ClientMessage(Id);
