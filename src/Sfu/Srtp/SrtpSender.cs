using System.Buffers.Binary;

namespace Sfu.Srtp;

/// <summary>Protects what goes to one peer (RFC 3711, RFC 7714). One thread; no allocation for a packet.</summary>
public sealed class SrtpSender : IPacketProtector, IDisposable
{
    private const int SequenceOffset = 2;

    private readonly SrtpTransform _transform;
#if DEBUG
    // The guard looks at whole packets before they are encrypted.
    private const bool CopiesAlways = true;

    private readonly IndexReuseGuard _guard = new();
#else
    private const bool CopiesAlways = false;
#endif

    // The index of the next SRTCP packet; one count for all SSRCs keeps every (SSRC, index) apart.
    private uint _rtcpIndex;

    public SrtpSender(SrtpProfile profile, SrtpKeys keys)
        : this(profile, keys, SrtpCiphers.Default)
    {
    }

    internal SrtpSender(SrtpProfile profile, SrtpKeys keys, SrtpCiphers ciphers) =>
        _transform = SrtpTransform.Create(profile, KeyDerivation.Derive(profile, keys), CipherDirection.Encrypt, ciphers);

    /// <summary>Bytes that SRTP adds to an RTP packet.</summary>
    public int RtpOverhead => _transform.TagLength;

    /// <summary>Bytes that SRTCP adds to a compound packet.</summary>
    public int RtcpOverhead => _transform.TagLength + SrtpTransform.RtcpIndexLength;

    /// <summary>Puts <paramref name="payload"/> and padding behind the header and encrypts; returns the datagram's length, beyond which nothing is written.</summary>
    /// <param name="packet">It begins with the RTP header; the P bit is the caller's.</param>
    /// <param name="headerLength">The header with CSRCs and extension, in bytes.</param>
    /// <param name="payload">May overlap <paramref name="packet"/>.</param>
    /// <param name="padding">0..255 bytes, the last of which holds this number (RFC 3550 5.1).</param>
    /// <param name="rolloverCounter">The caller keeps it for each SSRC. One (SSRC, rollover counter, sequence number) encrypts one plaintext, ever;
    /// the same bytes again are a retransmission and allowed. DEBUG builds check it for the recent ones.</param>
    /// <exception cref="ArgumentException">The packet has no room for all of it, or the header is shorter than 12 bytes.</exception>
    public int Protect(Span<byte> packet, int headerLength, ReadOnlySpan<byte> payload, int padding, uint rolloverCounter) =>
        Protect(packet, headerLength, payload, padding, rolloverCounter, null);

    int IPacketProtector.Protect(Span<byte> packet, int headerLength, ReadOnlySpan<byte> payload, int padding, uint rolloverCounter, TagBatch tags) =>
        Protect(packet, headerLength, payload, padding, rolloverCounter, tags);

    /// <summary>Encrypts <c>packet[..length]</c>, a compound RTCP packet, in place; returns the datagram's length, beyond which nothing is written.</summary>
    /// <exception cref="ArgumentException">The packet has no room for tag and index, or is shorter than an RTCP header with its SSRC.</exception>
    /// <exception cref="InvalidOperationException">2^31 packets have been sent under these keys (RFC 3711 9.2).</exception>
    public int ProtectRtcp(Span<byte> packet, int length)
    {
        if (length < SrtpTransform.RtcpHeaderLength || length > packet.Length - RtcpOverhead)
            throw new ArgumentException("The compound packet, tag and index do not fit the packet.", nameof(packet));
        if (_rtcpIndex > SrtpTransform.RtcpIndexMask)
            throw new InvalidOperationException("The SRTCP indices of these keys are used up.");

        return _transform.ProtectRtcp(packet, length, _rtcpIndex++);
    }

    void IPacketProtector.Prefetch() => _transform.Prefetch();

    public void Dispose() => _transform.Dispose();

    private int Protect(Span<byte> packet, int headerLength, ReadOnlySpan<byte> payload, int padding, uint rolloverCounter, TagBatch? tags)
    {
        int length = headerLength + payload.Length + padding;
        if (headerLength < SrtpTransform.RtpHeaderLength || (uint)padding > byte.MaxValue || length > packet.Length - _transform.TagLength)
            throw new ArgumentException("Header, payload, padding and tag do not fit the packet.", nameof(packet));

        // What needs no padding is encrypted straight from where it is, which all listeners share.
        ReadOnlySpan<byte> plain = payload;
        if (padding != 0 || CopiesAlways || payload.Overlaps(packet))
        {
            payload.CopyTo(packet[headerLength..]);
            plain = packet[headerLength..length];
        }

        if (padding != 0)
        {
            packet.Slice(length - padding, padding - 1).Clear();
            packet[length - 1] = (byte)padding;
        }

        long index = PacketIndex.From(rolloverCounter, BinaryPrimitives.ReadUInt16BigEndian(packet[SequenceOffset..]));
#if DEBUG
        _guard.Check(index, packet[..length]);
#endif
        return _transform.ProtectRtp(packet, headerLength, plain, index, tags);
    }
}
