namespace Sfu.TestKit.Fuzzing;

/// <summary>SplitMix64: a small deterministic generator whose sequence no runtime version changes.</summary>
public struct SplitMix(ulong seed)
{
    private ulong _state = seed;

    public ulong Next()
    {
        ulong z = _state += 0x9E37_79B9_7F4A_7C15;
        z = (z ^ (z >> 30)) * 0xBF58_476D_1CE4_E5B9;
        z = (z ^ (z >> 27)) * 0x94D0_49BB_1331_11EB;
        return z ^ (z >> 31);
    }

    /// <summary>0 up to, not including, <paramref name="limit"/>, which is at least 1.</summary>
    public int Next(int limit) => (int)(Next() % (ulong)limit);
}
