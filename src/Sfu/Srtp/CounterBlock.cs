using System.Buffers.Binary;

namespace Sfu.Srtp;

/// <summary>The first counter block of a packet, as its two halves read in network byte order.</summary>
internal readonly record struct CounterBlock(ulong High, ulong Low)
{
    public const int Length = 16;

    // GCM's block counter is the last 32 bits; 1 is the one that masks the tag, the text starts at 2 (NIST SP 800-38D 7.1).
    private const ulong GcmFirstCounter = 1;

    /// <summary>RFC 3711 4.1.1: (salt * 2^16) XOR (SSRC * 2^64) XOR (index * 2^16). <paramref name="index"/> is the 48-bit packet index or the 31-bit SRTCP index.</summary>
    public static CounterBlock ForCounterMode(CounterBlock salt, uint ssrc, long index) =>
        new(salt.High ^ ssrc, salt.Low ^ ((ulong)index << 16));

    /// <summary>RFC 7714 8.1 and 9.1: SSRC and index, right-aligned in 96 bits, XOR salt. An SRTCP index stands where the packet index does.</summary>
    public static CounterBlock ForGcm(CounterBlock salt, uint ssrc, long index) => new(
        salt.High ^ (((ulong)ssrc << 16) | ((ulong)index >> 32)),
        salt.Low ^ ((ulong)(uint)index << 32) ^ GcmFirstCounter);

    /// <param name="salt">At most 14 bytes; the rest of the block is 0.</param>
    public static CounterBlock FromSalt(ReadOnlySpan<byte> salt)
    {
        Span<byte> block = stackalloc byte[Length];
        block.Clear();
        salt.CopyTo(block);
        return new(BinaryPrimitives.ReadUInt64BigEndian(block), BinaryPrimitives.ReadUInt64BigEndian(block[8..]));
    }

    public void Write(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64BigEndian(destination, High);
        BinaryPrimitives.WriteUInt64BigEndian(destination[8..], Low);
    }
}
