using Sfu.Selection.Measures;
using Sfu.Selection.Scenes;
using Sfu.Selection.Tests;

[assembly: AssemblyFixture(typeof(SharedScenes))]

namespace Sfu.Selection.Tests;

/// <summary>Short scenes of every kind, of a seed that the policy was not tuned on, and what each rule makes of them; made once.</summary>
public sealed class SharedScenes
{
    public const ulong Seed = 7;
    public const int Milliseconds = 25_000;

    public SharedScenes()
    {
        Scenes = new SceneMaker(Pool, Seed, Milliseconds).All();
        Rules = [.. Table.Rules.Select(Measure)];
    }

    internal SpeechPool Pool { get; } = new();

    internal IReadOnlyList<Scene> Scenes { get; }

    /// <summary>Ours is the first.</summary>
    internal IReadOnlyList<Figures> Rules { get; }

    private Figures Measure(Func<Scene, Selection.Rules.IRule> rule)
    {
        var figures = new Figures();
        foreach (Scene scene in Scenes)
            figures.Add(Run.Of(scene, rule(scene)));
        return figures;
    }
}
