namespace Sfu.Signalling.Messages;

/// <param name="On">The slots come as RED.</param>
internal sealed record RedundancyMessage(bool On) : ServerMessage("redundancy");
