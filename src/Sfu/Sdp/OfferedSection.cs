namespace Sfu.Sdp;

/// <summary>One media section of a client's offer, as far as the answer repeats it.</summary>
/// <param name="Kind">Such as <c>audio</c>.</param>
/// <param name="Protocol">Such as <c>UDP/TLS/RTP/SAVPF</c>.</param>
/// <param name="Format">The first one of the m-line, which a rejected section repeats (RFC 3264 section 6).</param>
/// <param name="Mid">Null where the client states none.</param>
/// <param name="IsBundled">Its mid is in the offer's <c>a=group:BUNDLE</c>.</param>
/// <param name="IsUsable">It is audio that fits the offer's purpose, with the numbers that the answer keeps.</param>
internal sealed record OfferedSection(string Kind, string Protocol, string Format, string? Mid, bool IsBundled, bool IsUsable);
