namespace Sfu.Signalling.Messages;

internal sealed record AudienceMessage(long Revision, int Count) : ServerMessage("audience");
