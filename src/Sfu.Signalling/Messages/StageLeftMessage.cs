namespace Sfu.Signalling.Messages;

internal sealed record StageLeftMessage(long Revision, string Id) : ServerMessage
{
    public override string Type => "stage.left";
}
