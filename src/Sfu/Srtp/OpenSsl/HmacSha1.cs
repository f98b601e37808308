using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Sfu.Srtp.OpenSsl;

/// <summary>HMAC-SHA1 (RFC 2104) with the key kept as the two chaining values after its pads: 40 bytes a key, and no block hashed twice.</summary>
/// <remarks>libcrypto's own HMAC contexts take over a kilobyte for each key, and the SHA1 functions used here are in every libcrypto.so.3.</remarks>
internal unsafe struct HmacSha1
{
    public const int DigestLength = 20;

    private const byte InnerPad = 0x36;
    private const byte OuterPad = 0x5c;
    private const byte PaddingStart = 0x80;
    private const uint BitsOfPad = Sha1State.BlockLength * 8;
    private const uint BitsOfOuterMessage = (Sha1State.BlockLength + DigestLength) * 8;

    private fixed uint _inner[Sha1State.ChainLength];
    private fixed uint _outer[Sha1State.ChainLength];

    /// <param name="key">At most 64 bytes.</param>
    public HmacSha1(ReadOnlySpan<byte> key)
    {
        Sha1State inner = HashPad(key, InnerPad);
        Sha1State outer = HashPad(key, OuterPad);
        for (int i = 0; i < Sha1State.ChainLength; i++)
        {
            _inner[i] = inner.Chain[i];
            _outer[i] = outer.Chain[i];
        }
    }

    /// <summary>Writes the 20 bytes of the digest of <paramref name="first"/> followed by <paramref name="second"/>.</summary>
    public readonly void Compute(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, Span<byte> digest)
    {
        byte* block = stackalloc byte[Sha1State.BlockLength];
        Sha1State state = default;
        for (int i = 0; i < Sha1State.ChainLength; i++) state.Chain[i] = _inner[i];
        state.BitsLow = BitsOfPad;
        fixed (byte* p = first) _ = LibCrypto.SHA1_Update(&state, p, (nuint)first.Length);
        fixed (byte* p = second) _ = LibCrypto.SHA1_Update(&state, p, (nuint)second.Length);
        _ = LibCrypto.SHA1_Final(block, &state);

        // The outer message is the pad, already in the chaining value, and the inner digest: one block with its padding.
        Span<byte> rest = new(block + DigestLength, Sha1State.BlockLength - DigestLength);
        rest.Clear();
        rest[0] = PaddingStart;
        BinaryPrimitives.WriteUInt32BigEndian(rest[^sizeof(uint)..], BitsOfOuterMessage);
        for (int i = 0; i < Sha1State.ChainLength; i++) state.Chain[i] = _outer[i];
        LibCrypto.SHA1_Transform(&state, block);
        for (int i = 0; i < Sha1State.ChainLength; i++)
            BinaryPrimitives.WriteUInt32BigEndian(digest[(sizeof(uint) * i)..], state.Chain[i]);
    }

    /// <summary>Writes the words of the two chaining values <paramref name="stride"/> words apart, as they lie in vectors of lanes.</summary>
    public readonly void CopyTo(uint* inner, uint* outer, int stride)
    {
        for (int i = 0; i < Sha1State.ChainLength; i++)
        {
            inner[i * stride] = _inner[i];
            outer[i * stride] = _outer[i];
        }
    }

    private static Sha1State HashPad(ReadOnlySpan<byte> key, byte pad)
    {
        byte* block = stackalloc byte[Sha1State.BlockLength];
        Span<byte> bytes = new(block, Sha1State.BlockLength);
        bytes.Clear();
        key.CopyTo(bytes);
        foreach (ref byte b in bytes) b ^= pad;

        // SHA-1's initial chaining value (FIPS 180-4 5.3.1).
        Sha1State state = default;
        state.Chain[0] = 0x67452301;
        state.Chain[1] = 0xefcdab89;
        state.Chain[2] = 0x98badcfe;
        state.Chain[3] = 0x10325476;
        state.Chain[4] = 0xc3d2e1f0;
        LibCrypto.SHA1_Transform(&state, block);
        CryptographicOperations.ZeroMemory(bytes);
        return state;
    }
}
