using System.Buffers.Binary;
using System.Security.Cryptography;
using Sfu.Srtp.OpenSsl;

namespace Sfu.Srtp;

/// <summary>RFC 3711 with its default transforms: AES in counter mode, then HMAC-SHA1 cut to the tag's length.</summary>
internal sealed class CounterModeTransform : SrtpTransform
{
    private readonly CounterCipher _cipher;
    private readonly byte[] _rtpKey;
    private readonly byte[] _rtcpKey;
    private readonly CounterBlock _rtpSalt;
    private readonly CounterBlock _rtcpSalt;
    private readonly HmacSha1 _rtpAuthentication;
    private readonly HmacSha1 _rtcpAuthentication;

    // One cipher for both, as in GcmTransform.
    private byte[]? _keyInCipher;

    public CounterModeTransform(SessionKeys keys, int tagLength, SrtpCiphers ciphers)
        : base(tagLength)
    {
        _rtpKey = keys.Rtp.Key;
        _rtcpKey = keys.Rtcp.Key;
        _rtpSalt = CounterBlock.FromSalt(keys.Rtp.Salt);
        _rtcpSalt = CounterBlock.FromSalt(keys.Rtcp.Salt);
        _rtpAuthentication = new HmacSha1(keys.Rtp.AuthenticationKey);
        _rtcpAuthentication = new HmacSha1(keys.Rtcp.AuthenticationKey);
        _cipher = ciphers.CreateCounterMode();
    }

    public override int RtcpIndexFromEnd => TagLength + RtcpIndexLength;

    public override int ProtectRtp(Span<byte> packet, int headerLength, ReadOnlySpan<byte> plain, long index, TagBatch? tags)
    {
        int length = headerLength + plain.Length;
        Span<byte> all = packet[..(length + TagLength)];
        XorRtp(all, plain, all[headerLength..length], index);
        if (tags is null) TagBatch.Compute(_rtpAuthentication, all[..length], RolloverCounter(index), all[length..]);
        else tags.Add(_rtpAuthentication, all, RolloverCounter(index));

        return all.Length;
    }

    public override bool UnprotectRtp(Span<byte> packet, int headerLength, long index)
    {
        Span<byte> tag = stackalloc byte[TagBatch.TagLength];
        TagBatch.Compute(_rtpAuthentication, packet[..^TagLength], RolloverCounter(index), tag);
        if (!CryptographicOperations.FixedTimeEquals(tag, packet[^TagLength..])) return false;

        Span<byte> text = packet[headerLength..^TagLength];
        XorRtp(packet, text, text, index);
        return true;
    }

    public override int ProtectRtcp(Span<byte> packet, int length, uint index)
    {
        int authenticated = length + RtcpIndexLength;
        Span<byte> tag = packet.Slice(authenticated, TagLength);
        XorRtcp(packet[..length], index);
        BinaryPrimitives.WriteUInt32BigEndian(packet[length..], RtcpEncryptedFlag | index);

        Span<byte> digest = stackalloc byte[HmacSha1.DigestLength];
        _rtcpAuthentication.Compute(packet[..authenticated], [], digest);
        digest[..TagLength].CopyTo(tag);
        return authenticated + TagLength;
    }

    public override bool UnprotectRtcp(Span<byte> packet)
    {
        Span<byte> authenticated = packet[..^TagLength];
        Span<byte> digest = stackalloc byte[HmacSha1.DigestLength];
        _rtcpAuthentication.Compute(authenticated, [], digest);
        if (!CryptographicOperations.FixedTimeEquals(digest[..TagLength], packet[^TagLength..])) return false;

        uint word = BinaryPrimitives.ReadUInt32BigEndian(authenticated[^RtcpIndexLength..]);
        if ((word & RtcpEncryptedFlag) != 0) XorRtcp(authenticated[..^RtcpIndexLength], word & RtcpIndexMask);
        return true;
    }

    public override void Prefetch() => _cipher.Prefetch();

    public override void Dispose() => _cipher.Dispose();

    private static uint RolloverCounter(long index) => (uint)(index >> PacketIndex.SequenceBits);

    private void XorRtp(ReadOnlySpan<byte> packet, ReadOnlySpan<byte> source, Span<byte> destination, long index) =>
        CipherFor(_rtpKey).Xor(CounterBlock.ForCounterMode(_rtpSalt, RtpSsrc(packet), index), source, destination);

    private void XorRtcp(Span<byte> packet, uint index)
    {
        Span<byte> text = packet[RtcpHeaderLength..];
        CipherFor(_rtcpKey).Xor(CounterBlock.ForCounterMode(_rtcpSalt, RtcpSsrc(packet), index), text, text);
    }

    private CounterCipher CipherFor(byte[] key)
    {
        if (!ReferenceEquals(_keyInCipher, key))
        {
            _cipher.SetKey(key);
            _keyInCipher = key;
        }

        return _cipher;
    }
}
