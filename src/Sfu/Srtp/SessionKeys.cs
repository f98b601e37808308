namespace Sfu.Srtp;

/// <summary>What one direction encrypts and authenticates with: the same three keys for SRTP and for SRTCP (RFC 3711 4.3.2).</summary>
internal sealed record SessionKeys(SessionKeySet Rtp, SessionKeySet Rtcp);
