#if DEBUG
namespace Sfu.Srtp;

/// <summary>DEBUG builds only: fails when an index of an SSRC is used again for other bytes, which would give the keystream away.</summary>
/// <remarks>Remembers the last packets by their index, <see cref="Remembered"/> of them; enough to catch a caller's mistake, no proof.</remarks>
internal sealed class IndexReuseGuard
{
    private const int Remembered = 256;

    private readonly (uint Ssrc, long Index, int Hash)[] _recent = new (uint, long, int)[Remembered];

    /// <exception cref="InvalidOperationException">The index was used for other bytes.</exception>
    public void Check(long index, ReadOnlySpan<byte> plaintext)
    {
        HashCode hash = default;
        hash.AddBytes(plaintext);
        uint ssrc = SrtpTransform.RtpSsrc(plaintext);

        // A hash of 0 marks an empty slot.
        (uint Ssrc, long Index, int Hash) used = (ssrc, index, hash.ToHashCode() | 1);

        ref (uint Ssrc, long Index, int Hash) slot = ref _recent[(int)((ssrc * 31L + index) & (Remembered - 1))];
        if (slot.Hash != 0 && slot.Ssrc == used.Ssrc && slot.Index == used.Index && slot.Hash != used.Hash)
            throw new InvalidOperationException($"SSRC {ssrc:x8} uses the index {index} again for other bytes.");

        slot = used;
    }
}
#endif
