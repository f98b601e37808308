namespace Sfu.Signalling.Messages;

internal sealed record RoleChangedMessage(long Revision, string Id, string Role) : ServerMessage("role.changed");
