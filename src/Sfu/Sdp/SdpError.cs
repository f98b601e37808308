namespace Sfu.Sdp;

/// <summary>What is wrong with a client's SDP.</summary>
/// <param name="Code">Stable, kebab-case, such as <c>sdp-no-fingerprint</c>.</param>
/// <param name="Message">One sentence for the engineer who wrote the client.</param>
/// <param name="Line">1-based line of the SDP at fault; the m-line of a section that lacks something; 0 where the SDP is wrong as a whole.</param>
public sealed record SdpError(string Code, string Message, int Line);
