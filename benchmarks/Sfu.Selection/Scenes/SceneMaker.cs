using Sfu.Selection.Audio;
using Sfu.TestKit.Fuzzing;

namespace Sfu.Selection.Scenes;

/// <summary>Makes conversations with known turns; the same seed makes the same.</summary>
internal sealed class SceneMaker(SpeechPool pool, ulong seed, int milliseconds = 60_000)
{
    /// <summary>One of each kind.</summary>
    public IReadOnlyList<Scene> All()
    {
        Func<Scene>[] kinds =
        [
            () => Talk("single turns", slots: 2, overlap: -400),
            () => Talk("single turns, one slot", slots: 1, overlap: -400),
            () => Talk("interruptions", slots: 2, overlap: 700),
            () => Talk("cross-talk", slots: 2, overlap: 2_600),
            () => Talk("cross-talk, three slots", slots: 3, overlap: 3_600),
            () => Talk("back-channel", slots: 2, overlap: -400, BackChannels),
            () => Talk("coughs", slots: 2, overlap: -400, Coughs),
            () => Talk("keyboards", slots: 2, overlap: -400, Keyboards),
            () => Talk("steady noise", slots: 2, overlap: -400, Fans, fanAt: 0),
            () => Talk("music", slots: 2, overlap: -400, Music),
            () => Talk("noise and interruptions", slots: 3, overlap: 700, EverythingNoisy, fanAt: 0),
        ];
        var scenes = new Scene[kinds.Length];
        Parallel.For(0, kinds.Length, i => scenes[i] = kinds[i]());
        return scenes;
    }

    /// <param name="overlap">Milliseconds by which a turn begins before the one before it ends; negative is a gap. Up to twice as much.</param>
    /// <param name="fanAt">Member who speaks beside a fan; -1 for none.</param>
    private Scene Talk(string name, int slots, int overlap, Disturbance? disturb = null, int fanAt = -1)
    {
        const int members = 6;
        const int speakers = 4;
        SplitMix random = new(seed * 1_000_003 + StableHash(name));
        Track[] tracks = [.. Enumerable.Range(0, members).Select(_ => new Track(milliseconds))];
        double[] levels = new double[members];
        for (int member = 0; member < members; member++)
        {
            levels[member] = -18 - random.Next(18);
            tracks[member].PacketInterval = random.Next(6) switch { 0 => 10, 1 => 40, 2 => 60, _ => 20 };
            tracks[member].Dtx = random.Next(3) != 0;
            tracks[member].AddBackground(Noises.Fan(ref random, milliseconds), levels[member] - (member == fanAt ? 22 : 35 + random.Next(15)));
        }

        var turns = new List<Turn>();
        int last = -1;
        for (int at = 3_000; at < milliseconds - 12_000;)
        {
            int member = (last + 1 + random.Next(speakers - 1)) % speakers;
            last = member;
            string text = SpeechPool.Sentences[random.Next(SpeechPool.Sentences.Count)];
            float[] speech = pool.Say(member + (int)(seed % 8), text);
            int free = turns.Where(t => t.Member == member).Select(t => t.End + 300).DefaultIfEmpty(0).Max();
            Turn turn = tracks[member].Say(member, speech, levels[member], Math.Max(at, free) / Track.Frame * Track.Frame, backChannel: false);
            turns.Add(turn);
            at = Math.Max(at + 300, turn.End - (overlap < 0 ? -random.Next(-2 * overlap) - 50 : random.Next(2 * overlap)));
        }

        disturb?.Invoke(ref random, tracks, levels, turns);
        ScenePacket[] packets = [.. tracks.SelectMany((track, member) => PacketMaker.Encode(track, member, new SplitMix(random.Next()))).OrderBy(p => p.Arrival)];
        HashSet<int> noisy = [.. Enumerable.Range(0, members).Where(m => tracks[m].Noisy)];
        return new Scene(name, milliseconds, slots, members, turns, packets, noisy);
    }

    private delegate void Disturbance(ref SplitMix random, Track[] tracks, double[] levels, List<Turn> turns);

    /// <summary>Those who do not speak say that they listen.</summary>
    private void BackChannels(ref SplitMix random, Track[] tracks, double[] levels, List<Turn> turns)
    {
        for (int at = 4_000; at < milliseconds - 3_000; at += 1_500 + random.Next(4_000))
        {
            int member = tracks.Length - 1 - random.Next(2);
            string text = SpeechPool.BackChannels[random.Next(SpeechPool.BackChannels.Count)];
            turns.Add(tracks[member].Say(member, pool.Say(member + (int)(seed % 8), text), levels[member] - 4, at / Track.Frame * Track.Frame, backChannel: true));
        }
    }

    /// <summary>Those who do not speak cough, two or three times in a row.</summary>
    private void Coughs(ref SplitMix random, Track[] tracks, double[] levels, List<Turn> turns)
    {
        for (int at = 4_000; at < milliseconds - 3_000; at += 3_000 + random.Next(5_000))
        {
            int member = tracks.Length - 1 - random.Next(2);
            for (int times = 1 + random.Next(3), next = at; times > 0; times--, next += 350 + random.Next(200))
                tracks[member].AddNoise(Noises.Cough(ref random), levels[member] + 3, next);
        }
    }

    /// <summary>Two who do not speak write minutes, and so does one of the speakers.</summary>
    private void Keyboards(ref SplitMix random, Track[] tracks, double[] levels, List<Turn> turns)
    {
        foreach (int member in (int[])[1, tracks.Length - 2, tracks.Length - 1])
            tracks[member].AddNoise(Noises.Keyboard(ref random, milliseconds), -24 - random.Next(14), 0);
    }

    /// <summary>Fans at two who do not speak, as loud as speech.</summary>
    private void Fans(ref SplitMix random, Track[] tracks, double[] levels, List<Turn> turns)
    {
        tracks[^1].AddNoise(Noises.Fan(ref random, milliseconds), -30 - random.Next(10), 0);
        tracks[^2].AddNoise(Noises.Fan(ref random, milliseconds), -38 - random.Next(10), 0);
    }

    private void Music(ref SplitMix random, Track[] tracks, double[] levels, List<Turn> turns)
    {
        tracks[^1].AddNoise(Noises.Music(ref random, milliseconds), -28 - random.Next(12), 0);
        tracks[^2].AddNoise(Noises.Music(ref random, milliseconds), -40 - random.Next(10), 0);
    }

    private void EverythingNoisy(ref SplitMix random, Track[] tracks, double[] levels, List<Turn> turns)
    {
        tracks[^1].AddNoise(Noises.Music(ref random, milliseconds), -34 - random.Next(8), 0);
        tracks[^2].AddNoise(Noises.Keyboard(ref random, milliseconds), -26 - random.Next(10), 0);
        for (int at = 6_000; at < milliseconds - 3_000; at += 6_000 + random.Next(6_000))
            tracks[^2].AddNoise(Noises.Cough(ref random), -20, at);
    }

    /// <summary>Of runtime versions none: string hashes are random for each process.</summary>
    private static ulong StableHash(string text) => text.Aggregate(14_695_981_039_346_656_037UL, (hash, c) => (hash ^ c) * 1_099_511_628_211);
}
