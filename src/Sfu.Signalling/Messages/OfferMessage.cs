namespace Sfu.Signalling.Messages;

internal sealed record OfferMessage(int Generation, string Sdp) : ServerMessage
{
    public override string Type => "offer";
}
