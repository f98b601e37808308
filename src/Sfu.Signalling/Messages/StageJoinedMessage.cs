namespace Sfu.Signalling.Messages;

internal sealed record StageJoinedMessage(long Revision, MemberDto Member) : ServerMessage
{
    public override string Type => "stage.joined";
}
