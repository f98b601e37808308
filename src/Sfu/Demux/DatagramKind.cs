namespace Sfu.Demux;

/// <summary>What a datagram is, told from its first bytes alone.</summary>
public enum DatagramKind : byte
{
    /// <summary>Nothing that is answered here: ZRTP, TURN channels, QUIC, noise.</summary>
    Unknown = 0,
    Stun,
    Dtls,
    Rtp,
    Rtcp,
}
