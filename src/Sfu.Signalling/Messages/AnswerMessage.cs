namespace Sfu.Signalling.Messages;

internal sealed record AnswerMessage(string? Id, int Generation, string Sdp) : ClientMessage(Id);
