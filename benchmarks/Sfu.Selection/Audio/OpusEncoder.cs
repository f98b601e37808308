using System.Runtime.InteropServices;

namespace Sfu.Selection.Audio;

/// <summary>libopus (Debian: libopus0) as a browser sets it up for speech: VOIP, DTX, in-band FEC.</summary>
internal sealed partial class OpusEncoder : IDisposable
{
    private const string Library = "libopus.so.0";
    private const int ApplicationVoip = 2048;
    private const int SetBitrate = 4002;
    private const int SetComplexity = 4010;
    private const int SetInbandFec = 4012;
    private const int SetDtx = 4016;
    private const int Bitrate = 32_000;

    /// <summary>Browsers take 9 or 10; levels and DTX are the same with less, and scenes are made sooner.</summary>
    private const int Complexity = 3;

    private const int MaxPacket = 1_276;

    private readonly byte[] _packet = new byte[MaxPacket];
    private readonly IntPtr _encoder;

    public OpusEncoder(bool dtx)
    {
        _encoder = Create(Pcm.SampleRate, 1, ApplicationVoip, out int error);
        if (error != 0)
            throw new InvalidOperationException($"libopus gives error {error}.");
        Set(SetBitrate, Bitrate);
        Set(SetComplexity, Complexity);
        Set(SetInbandFec, 1);
        Set(SetDtx, dtx ? 1 : 0);
    }

    /// <param name="samples">10, 20, 40 or 60 ms.</param>
    /// <returns>Valid until the next call; one or two bytes are DTX.</returns>
    public ReadOnlySpan<byte> Encode(ReadOnlySpan<float> samples)
    {
        int length = Encode(_encoder, samples, samples.Length, _packet, _packet.Length);
        return length > 0 ? _packet.AsSpan(0, length) : throw new InvalidOperationException($"libopus gives error {length}.");
    }

    private void Set(int request, int value)
    {
        int error = Control(_encoder, request, value);
        if (error != 0)
            throw new InvalidOperationException($"libopus gives error {error}.");
    }

    public void Dispose() => Destroy(_encoder);

    [LibraryImport(Library, EntryPoint = "opus_encoder_create")]
    private static partial IntPtr Create(int sampleRate, int channels, int application, out int error);

    [LibraryImport(Library, EntryPoint = "opus_encoder_ctl")]
    private static partial int Control(IntPtr encoder, int request, int value);

    [LibraryImport(Library, EntryPoint = "opus_encode_float")]
    private static partial int Encode(IntPtr encoder, ReadOnlySpan<float> pcm, int frameSize, Span<byte> data, int maxData);

    [LibraryImport(Library, EntryPoint = "opus_encoder_destroy")]
    private static partial void Destroy(IntPtr encoder);
}
