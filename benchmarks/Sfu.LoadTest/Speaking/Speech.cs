using System.Reflection;

namespace Sfu.LoadTest.Speaking;

/// <summary>16 s of real speech in real Opus packets of 20 ms, the same that every run sends. Immutable.</summary>
/// <remarks>
/// <c>speech.opus</c> is synthetic English, made by
/// <c>espeak-ng -v en-gb -s 165 --stdout TEXT | sox -t wav - -r 48000 -c 1 -b 16 s.wav; opusenc --speech --vbr --bitrate 36 --framesize 20 --padding 0 --serial 1 s.wav speech.opus</c>.
/// </remarks>
internal sealed class Speech
{
    /// <summary>OpusHead and OpusTags (RFC 7845 section 5).</summary>
    private const int HeaderPackets = 2;

    /// <summary>Speakers that say the same at the same time would always send the same sizes.</summary>
    private const uint OffsetForSpeaker = 137;

    private readonly byte[][] _templates;

    private Speech(byte[][] templates) => _templates = templates;

    public int MaxLength => _templates.Max(template => template.Length);

    /// <summary>Bytes of RTP payload, the marker included.</summary>
    public double MeanLength => _templates.Average(template => template.Length);

    public static Speech Load()
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("speech.opus")!;
        byte[] file = new byte[stream.Length];
        stream.ReadExactly(file);
        return new Speech([.. OggPackets.Read(file).Skip(HeaderPackets).Select(packet => MarkedOpus.Template(packet))]);
    }

    /// <summary>A speaker's packet without its marker.</summary>
    public byte[] Template(int speaker, uint number) => _templates[(number + (uint)speaker * OffsetForSpeaker) % (uint)_templates.Length];
}
