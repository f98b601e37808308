namespace Sfu.Signalling.Messages;

internal sealed record StageChangedMessage(long Revision, MemberDto Member) : ServerMessage
{
    public override string Type => "stage.changed";
}
