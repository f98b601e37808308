namespace Sfu.Signalling.Messages;

internal sealed record HandLoweredMessage(long Revision, string Id) : ServerMessage("hand.lowered");
