using Sfu.Selection.Measures;

namespace Sfu.Selection.Tests;

/// <summary>The goals of the selection, on short scenes: what the benchmark prints for longer ones must not fall behind unseen.</summary>
public sealed class GoalTests(SharedScenes shared, ITestOutputHelper output)
{
    /// <summary>Milliseconds; the percentile of a short run is one of its few worst turns.</summary>
    private const double MostWhenFree = 60;
    private const double MostWhenContended = 400;
    private const double MostCut = 20;

    private Figures Ours => shared.Rules[0];

    private IEnumerable<Figures> Others => shared.Rules.Skip(1);

    [Fact]
    public void Who_begins_to_speak_has_a_slot_soon()
    {
        output.WriteLine(Table.Of(shared.Scenes));
        Assert.InRange(Figures.Percentile(Ours.OnsetWhenFree, 0.97), 0, MostWhenFree);
        Assert.InRange(Figures.Percentile(Ours.OnsetWhenContended, 0.99), 0, MostWhenContended);
    }

    [Fact]
    public void The_first_syllable_is_not_lost_where_there_is_a_slot() => Assert.InRange(Ours.CutATurnWhenFree, 0, MostCut / 4);

    [Fact]
    public void No_other_rule_cuts_less_off() => Assert.All(Others, other => Assert.True(Ours.CutATurn <= other.CutATurn));

    [Fact]
    public void Noise_holds_a_slot_for_no_longer_than_by_the_best_of_the_others() =>
        Assert.True(Ours.NoiseHeld <= 1.3 * Others.Min(other => other.NoiseHeld));
}
