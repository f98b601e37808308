namespace Sfu.Demux;

/// <summary>Tells apart the protocols that share one port (RFC 7983 section 7, RFC 5761 section 4).</summary>
public static class DatagramClassifier
{
    private const byte LastStun = 3;
    private const byte FirstDtls = 20;
    private const byte LastDtls = 63;
    private const byte FirstRtp = 128;
    private const byte LastRtp = 191;

    /// <summary>RTCP packet types; the same byte of RTP would be a marker and payload type 64..95, which RTP must not use here.</summary>
    private const byte FirstRtcpType = 192;
    private const byte LastRtcpType = 223;

    /// <summary>A kind says only which parser the datagram belongs to; it may still be malformed.</summary>
    public static DatagramKind Classify(ReadOnlySpan<byte> datagram)
    {
        if (datagram.IsEmpty)
            return DatagramKind.Unknown;

        byte first = datagram[0];
        if (first is >= FirstRtp and <= LastRtp)
            return datagram.Length < 2 ? DatagramKind.Unknown
                : datagram[1] is >= FirstRtcpType and <= LastRtcpType ? DatagramKind.Rtcp
                : DatagramKind.Rtp;

        return first switch
        {
            <= LastStun => DatagramKind.Stun,
            >= FirstDtls and <= LastDtls => DatagramKind.Dtls,
            _ => DatagramKind.Unknown,
        };
    }
}
