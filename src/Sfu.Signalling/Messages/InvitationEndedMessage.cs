namespace Sfu.Signalling.Messages;

internal sealed record InvitationEndedMessage(long Revision, string Id, string End) : ServerMessage("invitation.ended");
