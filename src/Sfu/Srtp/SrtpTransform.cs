using System.Buffers.Binary;

namespace Sfu.Srtp;

/// <summary>How a profile lays out and protects a packet whose index is known. Stateless but for its keys: replay windows,
/// rollover counters and the choice of the index are the callers'.</summary>
/// <remarks>One thread, one direction. Lengths are the caller's to check before; a packet that fails authentication is left as it came.</remarks>
internal abstract class SrtpTransform : IDisposable
{
    public const int RtpHeaderLength = 12;
    public const int RtcpHeaderLength = 8;
    public const int RtcpIndexLength = 4;
    public const uint RtcpEncryptedFlag = 0x8000_0000;
    public const uint RtcpIndexMask = 0x7FFF_FFFF;

    private const int RtpSsrcOffset = 8;
    private const int RtcpSsrcOffset = 4;

    protected SrtpTransform(int tagLength) => TagLength = tagLength;

    public int TagLength { get; }

    /// <summary>Distance in bytes from a packet's end to its E flag and SRTCP index.</summary>
    public abstract int RtcpIndexFromEnd { get; }

    /// <summary>Session keys as they are; <see cref="KeyDerivation"/> makes them.</summary>
    public static SrtpTransform Create(SrtpProfile profile, SessionKeys keys, CipherDirection direction, SrtpCiphers ciphers) =>
        profile == SrtpProfile.AesCm128HmacSha1_80
            ? new CounterModeTransform(keys, SrtpParameters.Of(profile).TagLength, ciphers)
            : new GcmTransform(keys, direction, ciphers);

    /// <summary>Protects header and <paramref name="plain"/>, which becomes the rest of the packet, and returns the length with the tag.</summary>
    /// <param name="plain">Stands behind the header already or does not overlap the packet.</param>
    /// <param name="tags">Where the tag may be left to, if <paramref name="packet"/> is pinned; null computes it at once.</param>
    public abstract int ProtectRtp(Span<byte> packet, int headerLength, ReadOnlySpan<byte> plain, long index, TagBatch? tags);

    /// <summary>Fetches what <see cref="ProtectRtp"/> reads into the caches.</summary>
    public abstract void Prefetch();

    /// <summary>All of <paramref name="packet"/> is the SRTP packet.</summary>
    public abstract bool UnprotectRtp(Span<byte> packet, int headerLength, long index);

    /// <summary>Protects <c>packet[..length]</c>, a compound packet, and returns the length with index and tag.</summary>
    public abstract int ProtectRtcp(Span<byte> packet, int length, uint index);

    /// <summary>All of <paramref name="packet"/> is the SRTCP packet, encrypted or only authenticated as its E flag says.</summary>
    public abstract bool UnprotectRtcp(Span<byte> packet);

    public abstract void Dispose();

    internal static uint RtpSsrc(ReadOnlySpan<byte> packet) => BinaryPrimitives.ReadUInt32BigEndian(packet[RtpSsrcOffset..]);

    internal static uint RtcpSsrc(ReadOnlySpan<byte> packet) => BinaryPrimitives.ReadUInt32BigEndian(packet[RtcpSsrcOffset..]);
}
