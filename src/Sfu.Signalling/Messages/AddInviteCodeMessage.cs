namespace Sfu.Signalling.Messages;

internal sealed record AddInviteCodeMessage(string? Id, int Uses) : ClientMessage(Id);
