namespace Sfu.Signalling.Messages;

internal sealed record CloseRoomMessage(string? Id) : ClientMessage(Id);
