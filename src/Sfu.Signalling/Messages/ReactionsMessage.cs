namespace Sfu.Signalling.Messages;

internal sealed record ReactionsMessage(long Revision, IReadOnlyDictionary<string, int> Counts) : ServerMessage("reactions");
