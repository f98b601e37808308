namespace Sfu.Signalling.Messages;

internal sealed record InviteCodeMessage(string Code, int Uses, string? Re) : ServerMessage("invite-code");
