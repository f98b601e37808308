using Sfu.TestKit.Fuzzing;

namespace Sfu.LoadTest.Receiving;

/// <summary>Decides which packets are thrown away on purpose. One thread.</summary>
/// <param name="share">0..1.</param>
internal struct Injection(double share, ulong seed)
{
    private const int Bits = 32;

    private readonly ulong _threshold = (ulong)(share * (1UL << Bits));
    private SplitMix _random = new(seed);

    public bool Throws() => _threshold != 0 && _random.Next() >> Bits < _threshold;
}
