namespace Sfu.Signalling.Messages;

internal sealed record ErrorMessage(string Code, int Status, string Message, string? Field, int? Line, string? Re, bool Fatal) : ServerMessage("error");
