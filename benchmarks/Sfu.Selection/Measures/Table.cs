using System.Globalization;
using System.Text;
using Sfu.Selection.Rules;
using Sfu.Selection.Scenes;

namespace Sfu.Selection.Measures;

/// <summary>The rules side by side, as Markdown.</summary>
internal static class Table
{
    /// <summary>A new one for each scene: rules remember.</summary>
    public static readonly IReadOnlyList<Func<Scene, IRule>> Rules =
    [
        scene => new OurStage(scene.Slots, scene.Members),
        scene => new LoudestWins(scene.Slots, scene.Members),
        scene => new SignalRule(scene.Slots, scene.Members),
        scene => new LiveKitRule(scene.Slots, scene.Members),
    ];

    public static string Of(IReadOnlyList<Scene> scenes)
    {
        var table = new StringBuilder();
        table.AppendLine("| rule | onset to slot, one free: p50 / p99, ms | onset to slot, contended: p50 / p99, ms | speech cut off, ms a turn | when a slot is free: mean / most, ms | false switches a minute | noise held a slot, s a minute |");
        table.AppendLine("|---|---:|---:|---:|---:|---:|---:|");
        foreach (Func<Scene, IRule> rule in Rules)
        {
            var figures = new Figures();
            foreach (Scene scene in scenes)
                figures.Add(Run.Of(scene, rule(scene)));
            table.AppendLine(CultureInfo.InvariantCulture, $"| {rule(scenes[0]).Name} | {Quantiles(figures.OnsetWhenFree)} | {Quantiles(figures.OnsetWhenContended)} | {figures.CutATurn:F0} | {figures.CutATurnWhenFree:F1} / {figures.MostCutWhenFree:F0} | {figures.FalseSwitchesAMinute:F1} | {figures.NoiseHeld:F1} |");
        }

        return table.ToString();
    }

    private static string Quantiles(IReadOnlyList<double> onsets) =>
        string.Create(CultureInfo.InvariantCulture, $"{Figures.Percentile(onsets, 0.5):F0} / {Figures.Percentile(onsets, 0.99):F0}");
}
