namespace Sfu.Signalling.Messages;

internal sealed record StageChangedMessage(long Revision, MemberDto Member) : ServerMessage("stage.changed");
