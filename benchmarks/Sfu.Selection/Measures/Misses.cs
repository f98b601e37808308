using System.Globalization;
using System.Text;
using Sfu.Selection.Rules;
using Sfu.Selection.Scenes;

namespace Sfu.Selection.Measures;

/// <summary>The turns that our rule did worst, for whoever wants to know why.</summary>
internal static class Misses
{
    // Milliseconds: what is worse than the goals.
    private const double LateWhenFree = 60;
    private const double LateWhenContended = 400;
    private const double CutWhenFree = 20;

    public static string Of(IReadOnlyList<Scene> scenes)
    {
        var lines = new StringBuilder();
        foreach (Scene scene in scenes)
        {
            Run run = Run.Of(scene, new OurStage(scene.Slots, scene.Members));
            foreach (Turn turn in scene.Turns.Where(t => !t.BackChannel))
            {
                double onset = Figures.Onset(run, turn);
                double cut = Figures.Cut(run, turn);
                bool freeAtOnset = scene.OthersSpeaking(turn.Member, turn.Start) < scene.Slots;
                bool free = scene.IsFree(turn);
                if (onset > (freeAtOnset ? LateWhenFree : LateWhenContended) || (free && cut > CutWhenFree))
                    lines.AppendLine(CultureInfo.InvariantCulture, $"{scene.Name}: member {turn.Member}, {turn.Start}..{turn.End} ms, {(free ? "free" : freeAtOnset ? "free at first" : "contended")}: onset {onset:F0}, cut {cut:F0} ms");
            }
        }

        return lines.ToString();
    }
}
