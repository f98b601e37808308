namespace Sfu.Srtp;

/// <summary>AES-GCM in one direction under a key that can be replaced. No allocation, one thread.</summary>
/// <remarks>This and <see cref="CounterCipher"/> are the seam between the SRTP transforms and what computes AES; <see cref="SrtpCiphers"/> chooses.</remarks>
internal abstract class AeadCipher : IDisposable
{
    public const int TagLength = 16;

    /// <param name="key">16 or 32 bytes, always of the length that the cipher was made for.</param>
    public abstract void SetKey(ReadOnlySpan<byte> key);

    /// <summary>Encrypts <paramref name="plain"/> into <paramref name="text"/>, which is of its length, and writes all of <paramref name="tag"/>.
    /// The two are the same memory or do not overlap. <paramref name="counter"/> is the 96-bit nonce followed by the 32-bit counter 1.</summary>
    public abstract void Seal(CounterBlock counter, ReadOnlySpan<byte> associatedData, ReadOnlySpan<byte> plain, Span<byte> text, Span<byte> tag);

    /// <summary>Decrypts <paramref name="text"/> in place if the tag is right; if not, returns false and leaves it as it came.</summary>
    public abstract bool Open(CounterBlock counter, ReadOnlySpan<byte> associatedData, Span<byte> text, ReadOnlySpan<byte> tag);

    /// <summary>Fetches the key into the caches, where it is in memory of ours.</summary>
    public virtual void Prefetch()
    {
    }

    public abstract void Dispose();
}
