using System.Runtime.InteropServices;

namespace Sfu.Opus;

/// <summary>libopus. At 16 kHz, since levels of speech need no more, and SILK costs half of what it does at 48 kHz; some 18 KB of native memory.</summary>
internal sealed class OpusDecoder : IOpusDecoder
{
    public const int SampleRate = 16_000;

    /// <summary>120 ms.</summary>
    public const int MaxSamples = SampleRate / 1_000 * 120;

    private const int Mono = 1;

    private readonly OpusDecoderHandle _decoder;

    /// <exception cref="InvalidOperationException">libopus has no memory.</exception>
    public OpusDecoder()
    {
        _decoder = OpusNative.CreateDecoder(SampleRate, Mono, out int error);
        if (error != 0)
            throw new InvalidOperationException($"libopus makes no decoder: error {error}.");
    }

    /// <summary>Whether the system has libopus (Debian: libopus0).</summary>
    public static bool IsSupported { get; } = NativeLibrary.TryLoad(OpusNative.Library, typeof(OpusDecoder).Assembly, searchPath: null, out _);

    public int Decode(ReadOnlySpan<byte> packet, Span<short> samples) =>
        OpusNative.Decode(_decoder, packet, packet.Length, samples, samples.Length, decodeFec: 0);

    public void Dispose() => _decoder.Dispose();
}
