namespace Sfu.Signalling.Messages;

internal sealed record RoomUpdatedMessage(long Revision, SettingsDto Settings) : ServerMessage("room.updated");
