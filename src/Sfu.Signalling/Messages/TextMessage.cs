namespace Sfu.Signalling.Messages;

/// <param name="From">Id of the sender; empty for a backend.</param>
internal sealed record TextMessage(long Revision, string From, string Name, string To, string Topic, string Text) : ServerMessage("message");
