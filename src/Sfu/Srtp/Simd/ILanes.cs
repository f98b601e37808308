using System.Diagnostics.CodeAnalysis;

namespace Sfu.Srtp.Simd;

/// <summary>What SHA-1 (FIPS 180-4 4.1.1 and 6.1.2) needs of a vector whose lanes are 32-bit words of as many messages.</summary>
internal unsafe interface ILanes<TVector>
    where TVector : unmanaged
{
    static abstract bool IsSupported { get; }

    static abstract TVector Create(uint value);

    static abstract TVector Add(TVector a, TVector b);

    /// <summary>By 1, 5 or 30 bits; a constant.</summary>
    static abstract TVector RotateLeft(TVector value, [ConstantExpected] byte bits);

    /// <summary>Ch(x, y, z).</summary>
    static abstract TVector Choose(TVector x, TVector y, TVector z);

    /// <summary>Parity(x, y, z).</summary>
    static abstract TVector Parity(TVector x, TVector y, TVector z);

    /// <summary>Maj(x, y, z).</summary>
    static abstract TVector Majority(TVector x, TVector y, TVector z);

    static abstract TVector Xor(TVector a, TVector b);

    /// <summary><paramref name="value"/> in the lanes in which <paramref name="limits"/> is greater than <paramref name="number"/>, else <paramref name="other"/>.</summary>
    static abstract TVector WhereGreater(TVector limits, uint number, TVector value, TVector other);

    /// <summary>Reads a block of 64 bytes for each lane and writes its 16 words, lane by lane.</summary>
    /// <param name="words">Aligned; room for 32: the upper half is scratch.</param>
    static abstract void Load(byte** blocks, TVector* words);
}
