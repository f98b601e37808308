namespace Sfu.Signalling.Messages;

/// <param name="By">Id of the moderator; empty for a backend.</param>
internal sealed record InvitedMessage(long Revision, string Id, string By) : ServerMessage("invited");
