namespace Sfu.Signalling.Messages;

internal sealed record HandRaisedMessage(long Revision, HandDto Hand) : ServerMessage("hand.raised");
