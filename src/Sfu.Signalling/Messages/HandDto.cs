namespace Sfu.Signalling.Messages;

/// <param name="Number">The order in which hands rose.</param>
internal sealed record HandDto(long Number, string Id, string Identity, string Name, string Note);
