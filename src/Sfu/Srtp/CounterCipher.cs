namespace Sfu.Srtp;

/// <summary>AES in counter mode under a key that can be replaced (RFC 3711 4.1.1). In place, no allocation, one thread.</summary>
internal abstract class CounterCipher : IDisposable
{
    /// <param name="key">16 bytes.</param>
    public abstract void SetKey(ReadOnlySpan<byte> key);

    /// <summary>XORs the keystream that starts at <paramref name="counter"/> into <paramref name="text"/>; its own inverse.</summary>
    public abstract void Xor(CounterBlock counter, Span<byte> text);

    public abstract void Dispose();
}
