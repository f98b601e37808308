namespace Sfu.Signalling.Messages;

/// <param name="Prefix">Of names; empty for all.</param>
/// <param name="From">The <c>next</c> of the page before.</param>
internal sealed record ListAudienceMessage(string? Id, string Prefix, string? From, int Size) : ClientMessage(Id);
