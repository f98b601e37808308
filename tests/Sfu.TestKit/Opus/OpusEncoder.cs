using System.Runtime.InteropServices;

namespace Sfu.TestKit.Opus;

/// <summary>libopus's encoder (Debian: libopus0), for real packets.</summary>
public sealed partial class OpusEncoder : IDisposable
{
    public const int SampleRate = 48_000;

    private const string Library = "libopus.so.0";
    private const int SetBitrate = 4002;
    private const int SetMaxBandwidth = 4004;
    private const int SetVbr = 4006;
    private const int SetDtx = 4016;
    private const int SetForceMode = 11_002;
    private const int MaxPacket = 1_276;

    private readonly IntPtr _encoder;
    private readonly int _channels;

    public OpusEncoder(OpusMode mode, int bitrate = 32_000, int channels = 1, bool dtx = false, bool vbr = true)
    {
        const int Voip = 2_048;
        const int Audio = 2_049;
        const int Wideband = 1_103;
        _channels = channels;
        _encoder = Create(SampleRate, channels, mode == OpusMode.Celt ? Audio : Voip, out int error);
        Check(error);
        Set(SetBitrate, bitrate);
        Set(SetVbr, vbr ? 1 : 0);
        Set(SetDtx, dtx ? 1 : 0);
        Set(SetForceMode, (int)mode);
        if (mode == OpusMode.Silk)
            Set(SetMaxBandwidth, Wideband);
    }

    /// <param name="samples">2.5..60 ms, channels interleaved.</param>
    public byte[] Encode(ReadOnlySpan<float> samples)
    {
        byte[] packet = new byte[MaxPacket];
        int length = Encode(_encoder, samples, samples.Length / _channels, packet, packet.Length);
        Check(Math.Min(length, 0));
        return packet[..length];
    }

    public void Dispose() => Destroy(_encoder);

    private void Set(int request, int value) => Check(Control(_encoder, request, value));

    private static void Check(int error)
    {
        if (error != 0)
            throw new InvalidOperationException($"libopus gives error {error}.");
    }

    [LibraryImport(Library, EntryPoint = "opus_encoder_create")]
    private static partial IntPtr Create(int sampleRate, int channels, int application, out int error);

    [LibraryImport(Library, EntryPoint = "opus_encoder_ctl")]
    private static partial int Control(IntPtr encoder, int request, int value);

    [LibraryImport(Library, EntryPoint = "opus_encode_float")]
    private static partial int Encode(IntPtr encoder, ReadOnlySpan<float> pcm, int frameSize, Span<byte> data, int maxData);

    [LibraryImport(Library, EntryPoint = "opus_encoder_destroy")]
    private static partial void Destroy(IntPtr encoder);
}
