namespace Sfu.Node;

/// <summary>What a client gets that sends offers itself.</summary>
/// <param name="Generation">Of the ICE credentials: 1 for the answer, one more for each restart.</param>
/// <param name="Sdp">An answer, or after a restart a fragment (RFC 8840); CRLF line ends.</param>
public sealed record OfferReply(int Generation, string Sdp);
