namespace Sfu.Signalling.Messages;

internal sealed record StageLeftMessage(long Revision, string Id) : ServerMessage("stage.left");
