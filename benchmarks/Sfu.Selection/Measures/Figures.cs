using Sfu.Selection.Scenes;

namespace Sfu.Selection.Measures;

/// <summary>How well a rule did, over any number of scenes.</summary>
internal sealed class Figures
{
    /// <summary>Milliseconds: a slot that is lost again sooner was no use to the turn that began.</summary>
    private const double Kept = 100;

    /// <summary>Milliseconds around a label that are still its own: packets under way, the breath before, the sound that fades.</summary>
    private const double Grace = 300;

    /// <summary>Milliseconds at the start of a scene in which nobody has spoken yet and slots have no owner to lose them: not counted.</summary>
    private const double WarmUp = 2_000;

    /// <summary>Milliseconds for which a slot may stay with somebody who has stopped speaking.</summary>
    private const double Afterwards = 2_000;

    private readonly List<double> _free = [];
    private readonly List<double> _contended = [];
    private readonly List<double> _cut = [];
    private readonly List<double> _cutWhenFree = [];
    private int _falseSwitches;
    private double _noise;
    private double _minutes;
    private double _noisyMinutes;

    public IReadOnlyList<double> OnsetWhenFree => _free;

    public IReadOnlyList<double> OnsetWhenContended => _contended;

    /// <summary>Milliseconds of speech that nobody heard, for a turn.</summary>
    public double CutATurn => _cut.Count == 0 ? 0 : _cut.Average();

    /// <summary>The same for turns that always had a slot to take.</summary>
    public double CutATurnWhenFree => _cutWhenFree.Count == 0 ? 0 : _cutWhenFree.Average();

    /// <summary>Milliseconds of the turn that lost most though there was a slot.</summary>
    public double MostCutWhenFree => _cutWhenFree.DefaultIfEmpty(0).Max();

    /// <summary>Somebody who does not speak takes the slot that somebody else has.</summary>
    public double FalseSwitchesAMinute => _falseSwitches / _minutes;

    /// <summary>Seconds in a minute of scenes with noise.</summary>
    public double NoiseHeld => _noisyMinutes == 0 ? 0 : _noise / 1_000 / _noisyMinutes;

    public static double Percentile(IReadOnlyList<double> values, double share)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length == 0 ? 0 : sorted[Math.Min(sorted.Length - 1, (int)Math.Ceiling(share * sorted.Length) - 1)];
    }

    public void Add(Run run)
    {
        Scene scene = run.Scene;
        _minutes += scene.Milliseconds / 60_000.0;
        if (scene.Noisy.Count > 0)
            _noisyMinutes += scene.Milliseconds / 60_000.0;
        foreach (Turn turn in scene.Turns.Where(t => !t.BackChannel))
            AddTurn(run, turn);
        foreach (Stay stay in run.Stays)
            AddStay(run, stay);
    }

    /// <summary>Milliseconds from the arrival of the first packet with the turn's sound until a slot that is kept.</summary>
    public static double Onset(Run run, Turn turn)
    {
        ScenePacket first = run.Scene.Packets.First(p => p.Member == turn.Member && p.Start + p.Duration > turn.Start);
        double end = Math.Max(turn.End, first.Arrival + Kept);
        double slot = run.Stays
            .Where(s => s.Member == turn.Member && s.Until - Math.Max(s.From, first.Arrival) >= Kept)
            .Select(s => Math.Max(s.From, first.Arrival))
            .DefaultIfEmpty(end)
            .Min();
        return Math.Min(slot, end) - first.Arrival;
    }

    /// <summary>Milliseconds of a turn's speech in packets that did not go out.</summary>
    public static double Cut(Run run, Turn turn) => run.Scene.Packets
        .Where(p => p.Member == turn.Member && p.Start < turn.End && p.Start + p.Duration > turn.Start && !run.Heard.Contains((p.Member, p.Number)))
        .Sum(p => p.Speech);

    private void AddTurn(Run run, Turn turn)
    {
        double onset = Onset(run, turn);
        if (run.Scene.OthersSpeaking(turn.Member, turn.Start) < run.Scene.Slots)
            _free.Add(onset);
        else
            _contended.Add(onset);

        double cut = Cut(run, turn);
        _cut.Add(cut);
        if (run.Scene.IsFree(turn))
            _cutWhenFree.Add(cut);
    }

    private void AddStay(Run run, Stay stay)
    {
        Scene scene = run.Scene;
        bool takesOver = run.Stays.Any(s => s.Member != stay.Member && s.Until == stay.From);
        if (takesOver && stay.From >= WarmUp && !scene.Speaks(stay.Member, stay.From - Grace, stay.From + Grace))
            _falseSwitches++;
        if (!scene.Noisy.Contains(stay.Member))
            return;
        for (double at = Math.Max(stay.From, WarmUp); at < stay.Until; at += Track.Frame)
        {
            if (!scene.Speaks(stay.Member, at - Afterwards, at + Grace))
                _noise += Track.Frame;
        }
    }
}
