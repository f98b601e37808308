using System.Buffers.Binary;

namespace Sfu.Srtp;

/// <summary>RFC 7714: AES-GCM over the payload, the header being associated data; for SRTCP the E flag and index as well.</summary>
internal sealed class GcmTransform : SrtpTransform
{
    private readonly AeadCipher _cipher;
    private readonly byte[] _rtpKey;
    private readonly byte[] _rtcpKey;
    private readonly CounterBlock _rtpSalt;
    private readonly CounterBlock _rtcpSalt;

    // One cipher for both: RTCP is rare, so it pays for two changes of key and no peer pays for a second cipher's memory.
    private byte[]? _keyInCipher;

    public GcmTransform(SessionKeys keys, CipherDirection direction, SrtpCiphers ciphers)
        : base(AeadCipher.TagLength)
    {
        _rtpKey = keys.Rtp.Key;
        _rtcpKey = keys.Rtcp.Key;
        _rtpSalt = CounterBlock.FromSalt(keys.Rtp.Salt);
        _rtcpSalt = CounterBlock.FromSalt(keys.Rtcp.Salt);
        _cipher = ciphers.CreateGcm(_rtpKey.Length, direction);
    }

    public override int RtcpIndexFromEnd => RtcpIndexLength;

    public override int ProtectRtp(Span<byte> packet, int headerLength, ReadOnlySpan<byte> plain, long index, TagBatch? tags)
    {
        int length = headerLength + plain.Length;
        CounterBlock counter = CounterBlock.ForGcm(_rtpSalt, RtpSsrc(packet), index);
        CipherFor(_rtpKey).Seal(counter, packet[..headerLength], plain, packet[headerLength..length], packet.Slice(length, TagLength));
        return length + TagLength;
    }

    public override bool UnprotectRtp(Span<byte> packet, int headerLength, long index)
    {
        CounterBlock counter = CounterBlock.ForGcm(_rtpSalt, RtpSsrc(packet), index);
        return CipherFor(_rtpKey).Open(counter, packet[..headerLength], packet[headerLength..^TagLength], packet[^TagLength..]);
    }

    public override int ProtectRtcp(Span<byte> packet, int length, uint index)
    {
        Span<byte> flagAndIndex = packet.Slice(length + TagLength, RtcpIndexLength);
        BinaryPrimitives.WriteUInt32BigEndian(flagAndIndex, RtcpEncryptedFlag | index);

        Span<byte> associatedData = stackalloc byte[RtcpHeaderLength + RtcpIndexLength];
        packet[..RtcpHeaderLength].CopyTo(associatedData);
        flagAndIndex.CopyTo(associatedData[RtcpHeaderLength..]);

        CounterBlock counter = CounterBlock.ForGcm(_rtcpSalt, RtcpSsrc(packet), index);
        Span<byte> text = packet[RtcpHeaderLength..length];
        CipherFor(_rtcpKey).Seal(counter, associatedData, text, text, packet.Slice(length, TagLength));
        return length + TagLength + RtcpIndexLength;
    }

    public override bool UnprotectRtcp(Span<byte> packet)
    {
        Span<byte> flagAndIndex = packet[^RtcpIndexLength..];
        uint word = BinaryPrimitives.ReadUInt32BigEndian(flagAndIndex);
        CounterBlock counter = CounterBlock.ForGcm(_rtcpSalt, RtcpSsrc(packet), word & RtcpIndexMask);
        AeadCipher cipher = CipherFor(_rtcpKey);
        int length = packet.Length - RtcpIndexLength - TagLength;
        Span<byte> tag = packet.Slice(length, TagLength);

        if ((word & RtcpEncryptedFlag) != 0)
        {
            Span<byte> associatedData = stackalloc byte[RtcpHeaderLength + RtcpIndexLength];
            packet[..RtcpHeaderLength].CopyTo(associatedData);
            flagAndIndex.CopyTo(associatedData[RtcpHeaderLength..]);
            return cipher.Open(counter, associatedData, packet[RtcpHeaderLength..length], tag);
        }

        // Only authenticated (RFC 7714 9.3): the associated data is packet, flag and index, which the tag stands between.
        Span<byte> savedTag = stackalloc byte[TagLength];
        tag.CopyTo(savedTag);
        flagAndIndex.CopyTo(tag);
        bool authentic = cipher.Open(counter, packet[..(length + RtcpIndexLength)], [], savedTag);
        savedTag.CopyTo(tag);
        return authentic;
    }

    public override void Prefetch() => _cipher.Prefetch();

    public override void Dispose() => _cipher.Dispose();

    private AeadCipher CipherFor(byte[] key)
    {
        if (!ReferenceEquals(_keyInCipher, key))
        {
            _cipher.SetKey(key);
            _keyInCipher = key;
        }

        return _cipher;
    }
}
