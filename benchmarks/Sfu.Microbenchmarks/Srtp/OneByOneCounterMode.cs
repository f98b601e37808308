using System.Buffers.Binary;
using Sfu.Srtp;
using Sfu.Srtp.OpenSsl;

namespace Sfu.Microbenchmarks.Srtp;

/// <summary>AES_CM_128_HMAC_SHA1_80 by OpenSSL, one packet after the other: the yardstick for whatever does several at once.</summary>
internal sealed class OneByOneCounterMode : IDisposable
{
    public const int TagLength = 10;

    private readonly OpenSslAesCounter _cipher = new();
    private readonly HmacSha1 _authentication;
    private readonly CounterBlock _salt;

    public OneByOneCounterMode(SrtpKeys keys)
    {
        SessionKeySet session = KeyDerivation.Derive(SrtpProfile.AesCm128HmacSha1_80, keys).Rtp;
        _cipher.SetKey(session.Key);
        _authentication = new HmacSha1(session.AuthenticationKey);
        _salt = CounterBlock.FromSalt(session.Salt);
    }

    public void Protect(Span<byte> packet, int headerLength, ReadOnlySpan<byte> payload, long index)
    {
        int length = headerLength + payload.Length;
        payload.CopyTo(packet[headerLength..]);
        Xor(packet[..length], headerLength, index);
        Span<byte> digest = stackalloc byte[HmacSha1.DigestLength];
        Authenticate(packet[..length], index, digest);
        digest[..TagLength].CopyTo(packet[length..]);
    }

    /// <returns>False when the packet is not authentic.</returns>
    public bool Unprotect(Span<byte> packet, int headerLength, long index)
    {
        Span<byte> digest = stackalloc byte[HmacSha1.DigestLength];
        Authenticate(packet[..^TagLength], index, digest);
        if (!digest[..TagLength].SequenceEqual(packet[^TagLength..]))
            return false;

        Xor(packet[..^TagLength], headerLength, index);
        return true;
    }

    public void Dispose() => _cipher.Dispose();

    private void Xor(Span<byte> packet, int headerLength, long index) =>
        _cipher.Xor(CounterBlock.ForCounterMode(_salt, SrtpTransform.RtpSsrc(packet), index), packet[headerLength..], packet[headerLength..]);

    private void Authenticate(ReadOnlySpan<byte> packet, long index, Span<byte> digest)
    {
        Span<byte> rolloverCounter = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(rolloverCounter, (uint)(index >> PacketIndex.SequenceBits));
        _authentication.Compute(packet, rolloverCounter, digest);
    }
}
