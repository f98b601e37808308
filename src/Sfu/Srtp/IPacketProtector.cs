namespace Sfu.Srtp;

/// <summary>The sending half of one peer's SRTP as the fan-out needs it (RFC 3711).</summary>
/// <remarks>The caller answers for the index: one (SSRC, rollover counter, sequence number) is protected once.</remarks>
internal interface IPacketProtector
{
    /// <summary>Bytes that <see cref="Protect"/> adds to header, payload and padding; the same for every packet.</summary>
    int RtpOverhead { get; }

    /// <summary>Bytes that <see cref="ProtectRtcp"/> adds.</summary>
    int RtcpOverhead { get; }

    /// <summary>A packet for this peer is to be protected soon: fetches its keys into the caches. Changes nothing.</summary>
    void Prefetch();

    /// <summary>Builds a protected RTP packet behind a header that is in place already.</summary>
    /// <param name="packet">Starts with the header, as it goes out; has room for everything.</param>
    /// <param name="headerLength">With CSRCs and extensions.</param>
    /// <param name="payload">Plaintext; does not overlap <paramref name="packet"/>.</param>
    /// <param name="padding">0, or 1..255 bytes of RTP padding to make (RFC 3550 5.1); the header's P bit says the same already.</param>
    /// <param name="rolloverCounter">Upper 32 bits of the packet's index.</param>
    /// <param name="tags">Of the thread that calls; the packet may lack its tag until this is completed, and must stay where it is until then.</param>
    /// <returns>The datagram's length: header, payload, padding and <see cref="RtpOverhead"/>.</returns>
    int Protect(Span<byte> packet, int headerLength, ReadOnlySpan<byte> payload, int padding, uint rolloverCounter, TagBatch tags);

    /// <summary>Protects a compound RTCP packet in place.</summary>
    /// <param name="packet">Has <see cref="RtcpOverhead"/> bytes of room behind the plaintext.</param>
    /// <param name="length">Of the plaintext.</param>
    /// <returns>The datagram's length.</returns>
    int ProtectRtcp(Span<byte> packet, int length);
}
