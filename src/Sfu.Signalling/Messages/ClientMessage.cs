namespace Sfu.Signalling.Messages;

/// <summary>What a client sent, with every field within its bounds.</summary>
/// <param name="Id">The client's own mark for the answer; null when it wants none.</param>
internal abstract record ClientMessage(string? Id);
