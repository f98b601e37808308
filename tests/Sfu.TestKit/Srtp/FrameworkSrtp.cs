using System.Buffers.Binary;
using System.Security.Cryptography;
using Sfu.Srtp;

namespace Sfu.TestKit.Srtp;

/// <summary>SRTP of one direction upon the framework's AesGcm, Aes and HMACSHA1: fast enough for a million packets.</summary>
internal sealed class FrameworkSrtp : IDisposable
{
    private const int BlockLength = 16;
    private const int NonceLength = 12;

    private readonly SessionKeySet _keys;
    private readonly AesGcm? _gcm;
    private readonly Aes _aes = Aes.Create();
    private readonly byte[] _keystream = new byte[2048];
    private readonly byte[] _authenticated = new byte[2048];

    public FrameworkSrtp(SrtpProfile profile, SrtpKeys keys)
    {
        _keys = KeyDerivation.Derive(profile, keys).Rtp;
        _aes.SetKey(_keys.Key);
        if (profile != SrtpProfile.AesCm128HmacSha1_80)
            _gcm = new AesGcm(_keys.Key, BlockLength);
    }

    /// <param name="packet">Header and plaintext, then room for the tag.</param>
    public void Protect(Span<byte> packet, int headerLength, uint rolloverCounter)
    {
        if (_gcm is not null)
            ProtectGcm(_gcm, packet, headerLength, rolloverCounter);
        else
            ProtectCounterMode(packet, headerLength, rolloverCounter);
    }

    public void Dispose()
    {
        _gcm?.Dispose();
        _aes.Dispose();
    }

    private void ProtectGcm(AesGcm gcm, Span<byte> packet, int headerLength, uint rolloverCounter)
    {
        // RFC 7714 8.1: 00 00 | SSRC | ROC | SEQ, XOR salt.
        Span<byte> nonce = stackalloc byte[NonceLength];
        packet.Slice(8, 4).CopyTo(nonce[2..]);
        BinaryPrimitives.WriteUInt32BigEndian(nonce[6..], rolloverCounter);
        packet.Slice(2, 2).CopyTo(nonce[10..]);
        Xor(nonce, _keys.Salt);
        Span<byte> text = packet[headerLength..^BlockLength];
        gcm.Encrypt(nonce, text, text, packet[^BlockLength..], packet[..headerLength]);
    }

    [System.Diagnostics.CodeAnalysis.SuppressMessage("Security", "CA5350", Justification = "The profile prescribes HMAC-SHA1.")]
    private void ProtectCounterMode(Span<byte> packet, int headerLength, uint rolloverCounter)
    {
        // RFC 3711 4.1.1: (salt * 2^16) XOR (SSRC * 2^64) XOR (index * 2^16), then a count of blocks.
        Span<byte> first = stackalloc byte[BlockLength];
        first.Clear();
        packet.Slice(8, 4).CopyTo(first[4..]);
        BinaryPrimitives.WriteUInt32BigEndian(first[8..], rolloverCounter);
        packet.Slice(2, 2).CopyTo(first[12..]);
        Xor(first, _keys.Salt);

        Span<byte> authenticated = packet[..^TagBatch.TagLength];
        Span<byte> text = authenticated[headerLength..];
        int blocks = (text.Length + BlockLength - 1) / BlockLength;
        Span<byte> keystream = _keystream.AsSpan(0, blocks * BlockLength);
        for (int block = 0; block < blocks; block++)
        {
            first.CopyTo(keystream[(block * BlockLength)..]);
            BinaryPrimitives.WriteUInt16BigEndian(keystream[(block * BlockLength + 14)..], (ushort)block);
        }

        _aes.EncryptEcb(keystream, keystream, PaddingMode.None);
        Xor(text, keystream);

        authenticated.CopyTo(_authenticated);
        BinaryPrimitives.WriteUInt32BigEndian(_authenticated.AsSpan(authenticated.Length), rolloverCounter);
        Span<byte> digest = stackalloc byte[HMACSHA1.HashSizeInBytes];
        HMACSHA1.HashData(_keys.AuthenticationKey, _authenticated.AsSpan(0, authenticated.Length + sizeof(uint)), digest);
        digest[..TagBatch.TagLength].CopyTo(packet[^TagBatch.TagLength..]);
    }

    private static void Xor(Span<byte> text, ReadOnlySpan<byte> other)
    {
        for (int i = 0; i < Math.Min(text.Length, other.Length); i++)
            text[i] ^= other[i];
    }
}
