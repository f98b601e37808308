namespace Sfu.Srtp;

/// <summary>AES in counter mode under a key that can be replaced (RFC 3711 4.1.1). No allocation, one thread.</summary>
internal abstract class CounterCipher : IDisposable
{
    /// <param name="key">16 bytes.</param>
    public abstract void SetKey(ReadOnlySpan<byte> key);

    /// <summary>XORs the keystream that starts at <paramref name="counter"/> to <paramref name="source"/> and writes <paramref name="destination"/>,
    /// which is of its length; its own inverse. The two are the same memory or do not overlap.</summary>
    public abstract void Xor(CounterBlock counter, ReadOnlySpan<byte> source, Span<byte> destination);

    /// <summary>Fetches the key into the caches, where it is in memory of ours.</summary>
    public virtual void Prefetch()
    {
    }

    public abstract void Dispose();
}
