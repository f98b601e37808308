namespace Sfu.Signalling.Messages;

internal sealed record OfferMessage(int Generation, string Sdp) : ServerMessage("offer");
