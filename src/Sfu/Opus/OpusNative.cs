using System.Runtime.InteropServices;

namespace Sfu.Opus;

/// <summary>libopus's functions, as in its header <c>opus.h</c>.</summary>
internal static partial class OpusNative
{
    public const string Library = "libopus.so.0";

    [LibraryImport(Library, EntryPoint = "opus_decoder_create")]
    public static partial OpusDecoderHandle CreateDecoder(int sampleRate, int channels, out int error);

    [LibraryImport(Library, EntryPoint = "opus_decoder_destroy")]
    public static partial void DestroyDecoder(IntPtr decoder);

    [LibraryImport(Library, EntryPoint = "opus_decode")]
    public static partial int Decode(OpusDecoderHandle decoder, ReadOnlySpan<byte> data, int length, Span<short> pcm, int frameSize, int decodeFec);
}
