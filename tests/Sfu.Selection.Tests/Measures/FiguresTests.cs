using Sfu.Rtp;
using Sfu.Selection.Measures;
using Sfu.Selection.Rules;
using Sfu.Selection.Scenes;

namespace Sfu.Selection.Tests.Measures;

public sealed class FiguresTests
{
    /// <summary>Member 0 speaks from 3 s to 4 s; member 1 makes noise all the time.</summary>
    private static readonly Scene OneTurn = Make();

    [Fact]
    public void A_slot_from_the_first_packet_on_costs_nothing()
    {
        Figures figures = Measure(new Script((_, member) => member == 0));

        Assert.Equal(0, Assert.Single(figures.OnsetWhenFree));
        Assert.Equal(0, figures.CutATurn);
        Assert.Equal(0, figures.NoiseHeld);
    }

    [Fact]
    public void A_slot_that_comes_late_is_onset_and_cut()
    {
        Figures figures = Measure(new Script((at, member) => member == 0 && at >= 3_200));

        Assert.Equal(180, Assert.Single(figures.OnsetWhenFree));
        Assert.Equal(180, figures.CutATurn);
        Assert.Equal(180, figures.MostCutWhenFree);
    }

    [Fact]
    public void A_slot_that_is_lost_again_at_once_is_no_onset()
    {
        Figures figures = Measure(new Script((at, member) => member == 0 && (at < 3_060 || at >= 3_500)));

        Assert.Equal(480, Assert.Single(figures.OnsetWhenFree));
    }

    [Fact]
    public void Noise_that_takes_over_is_a_false_switch_and_holds()
    {
        Figures figures = Measure(new Script((at, member) => member == (at >= 3_500 ? 1 : 0)));

        Assert.Equal(6, figures.FalseSwitchesAMinute, 3);
        Assert.Equal(6.5 * 6, figures.NoiseHeld, 1);
    }

    [Fact]
    public void Percentiles_are_values_that_occurred()
    {
        double[] values = [.. Enumerable.Range(1, 100)];

        Assert.Equal(50, Figures.Percentile(values, 0.5));
        Assert.Equal(99, Figures.Percentile(values, 0.99));
        Assert.Equal(0, Figures.Percentile([], 0.99));
    }

    private static Figures Measure(IRule rule)
    {
        var figures = new Figures();
        figures.Add(Run.Of(OneTurn, rule));
        return figures;
    }

    private static Scene Make()
    {
        var packets = new List<ScenePacket>();
        for (int i = 0; i < 500; i++)
        {
            for (int member = 0; member < 2; member++)
                packets.Add(new ScenePacket(member, i, i * 20, 20, i * 20 + 20, new AudioLevel(30, true), 0, 80, member == 0 && i is >= 150 and < 200 ? 20 : 0));
        }

        return new Scene("one turn", 10_000, 1, 2, [new Turn(0, 3_000, 4_000, false)], packets, new HashSet<int> { 1 });
    }

    /// <summary>Has slots by the clock.</summary>
    private sealed class Script(Func<double, int, bool> hasSlot) : IRule
    {
        private double _now;

        public string Name => "script";

        public void Receive(ScenePacket packet, List<int> heard)
        {
            _now = packet.Arrival;
            if (HasSlot(packet.Member))
                heard.Add(packet.Number);
        }

        public bool HasSlot(int member) => hasSlot(_now, member);
    }
}
