using Sfu.Rtp;
using Sfu.Selection.Audio;
using Sfu.TestKit.Fuzzing;

namespace Sfu.Selection.Scenes;

/// <summary>Encodes a track as a browser does and sends it over a network that jitters.</summary>
internal static class PacketMaker
{
    /// <summary>Bytes; an Opus packet that is no longer holds no audio (RFC 6716 2.1.9 and libopus).</summary>
    private const int DtxLength = 2;

    /// <summary>Milliseconds.</summary>
    private const int MaxJitter = 8;

    public static IEnumerable<ScenePacket> Encode(Track track, int member, SplitMix random)
    {
        using var encoder = new OpusEncoder(track.Dtx);
        int samples = track.PacketInterval * Pcm.SamplesPerMillisecond;
        int delay = 10 + random.Next(50);
        int number = 0;
        bool quiet = false;
        double last = 0;
        for (int at = 0; at + samples <= track.Samples.Length; at += samples)
        {
            ReadOnlySpan<float> audio = track.Samples.AsSpan(at, samples);
            ReadOnlySpan<byte> packet = encoder.Encode(audio);
            // The first packet of a pause is sent, and those behind it that are as short are not.
            bool wasQuiet = quiet;
            quiet = packet.Length <= DtxLength;
            if (quiet && wasQuiet)
                continue;

            int start = at / Pcm.SamplesPerMillisecond;
            double arrival = Math.Max(last, start + track.PacketInterval + delay + MaxJitter * (random.Next(1_000) / 1_000.0));
            last = arrival;
            yield return new ScenePacket(
                member, number++, start, track.PacketInterval, arrival, new AudioLevel(Pcm.Level(audio), !quiet), packet[0], packet.Length, Speech(track, start));
        }
    }

    private static int Speech(Track track, int start)
    {
        int speech = 0;
        for (int at = start; at < start + track.PacketInterval; at += Track.Frame)
            speech += at / Track.Frame < track.Speech.Length && track.Speech[at / Track.Frame] ? Track.Frame : 0;
        return speech;
    }
}
