using Sfu.Opus;

namespace Sfu.Tests.Opus;

internal sealed class CountingDecoder : IOpusDecoder
{
    public int Decoded { get; private set; }

    public int Decode(ReadOnlySpan<byte> packet, Span<short> samples)
    {
        Decoded++;
        samples[..320].Fill(1_000);
        return 320;
    }

    public void Dispose()
    {
    }
}
