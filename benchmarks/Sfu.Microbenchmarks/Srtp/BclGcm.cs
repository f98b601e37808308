using System.Security.Cryptography;
using Sfu.Srtp;

namespace Sfu.Microbenchmarks.Srtp;

/// <summary>RFC 7714 by <see cref="AesGcm"/>: the yardstick, what somebody would write who writes no cipher.</summary>
internal sealed class BclGcm : IDisposable
{
    public const int TagLength = 16;

    private const int NonceLength = 12;

    private readonly AesGcm _gcm;
    private readonly CounterBlock _salt;

    public BclGcm(SrtpProfile profile, SrtpKeys keys)
    {
        SessionKeySet session = KeyDerivation.Derive(profile, keys).Rtp;
        _gcm = new AesGcm(session.Key, TagLength);
        _salt = CounterBlock.FromSalt(session.Salt);
    }

    public void Protect(Span<byte> packet, int headerLength, ReadOnlySpan<byte> payload, long index)
    {
        Span<byte> nonce = stackalloc byte[CounterBlock.Length];
        CounterBlock.ForGcm(_salt, SrtpTransform.RtpSsrc(packet), index).Write(nonce);
        Span<byte> text = packet.Slice(headerLength, payload.Length);
        _gcm.Encrypt(nonce[..NonceLength], payload, text, packet.Slice(headerLength + payload.Length, TagLength), packet[..headerLength]);
    }

    /// <exception cref="AuthenticationTagMismatchException">The packet is not authentic.</exception>
    public void Unprotect(Span<byte> packet, int headerLength, long index)
    {
        Span<byte> nonce = stackalloc byte[CounterBlock.Length];
        CounterBlock.ForGcm(_salt, SrtpTransform.RtpSsrc(packet), index).Write(nonce);
        Span<byte> text = packet[headerLength..^TagLength];
        _gcm.Decrypt(nonce[..NonceLength], text, packet[^TagLength..], text, packet[..headerLength]);
    }

    public void Dispose() => _gcm.Dispose();
}
