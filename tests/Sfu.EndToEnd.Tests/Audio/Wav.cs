using System.Buffers.Binary;

namespace Sfu.EndToEnd.Tests.Audio;

/// <summary>Mono 16-bit PCM in a RIFF file.</summary>
internal static class Wav
{
    public const int SampleRate = 48_000;
    private const int HeaderLength = 44;

    /// <returns>Samples in -1..1; a file that sox wrote as mono, 16 bits, 48 kHz.</returns>
    public static float[] Read(string path)
    {
        byte[] bytes = File.ReadAllBytes(path);
        int data = bytes.AsSpan().IndexOf("data"u8);
        return FromPcm(bytes.AsSpan(data + 8));
    }

    public static float[] FromPcm(ReadOnlySpan<byte> pcm)
    {
        float[] samples = new float[pcm.Length / sizeof(short)];
        for (int i = 0; i < samples.Length; i++)
            samples[i] = BinaryPrimitives.ReadInt16LittleEndian(pcm[(i * sizeof(short))..]) / 32_768f;
        return samples;
    }

    public static void Write(string path, ReadOnlySpan<float> samples)
    {
        byte[] file = new byte[HeaderLength + samples.Length * sizeof(short)];
        Span<byte> span = file;
        "RIFF"u8.CopyTo(span);
        BinaryPrimitives.WriteInt32LittleEndian(span[4..], file.Length - 8);
        "WAVEfmt "u8.CopyTo(span[8..]);
        BinaryPrimitives.WriteInt32LittleEndian(span[16..], 16);
        BinaryPrimitives.WriteInt16LittleEndian(span[20..], 1);
        BinaryPrimitives.WriteInt16LittleEndian(span[22..], 1);
        BinaryPrimitives.WriteInt32LittleEndian(span[24..], SampleRate);
        BinaryPrimitives.WriteInt32LittleEndian(span[28..], SampleRate * sizeof(short));
        BinaryPrimitives.WriteInt16LittleEndian(span[32..], sizeof(short));
        BinaryPrimitives.WriteInt16LittleEndian(span[34..], 16);
        "data"u8.CopyTo(span[36..]);
        BinaryPrimitives.WriteInt32LittleEndian(span[40..], samples.Length * sizeof(short));
        for (int i = 0; i < samples.Length; i++)
            BinaryPrimitives.WriteInt16LittleEndian(span[(HeaderLength + i * sizeof(short))..], (short)(Math.Clamp(samples[i], -1f, 1f) * short.MaxValue));
        File.WriteAllBytes(path, file);
    }
}
