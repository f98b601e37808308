namespace Sfu.Signalling.Messages;

internal sealed record StageJoinedMessage(long Revision, MemberDto Member) : ServerMessage("stage.joined");
