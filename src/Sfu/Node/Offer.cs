namespace Sfu.Node;

/// <param name="Generation">1 for the first offer; the answer names it.</param>
/// <param name="Sdp">RFC 8866 text with CRLF line ends.</param>
public sealed record Offer(int Generation, string Sdp);
