using CsCheck;
using Sfu.FanOut;
using Sfu.Time;

namespace Sfu.Tests.FanOut;

public sealed class RedPolicyTests
{
    private static readonly TimeSpan ReportInterval = TimeSpan.FromSeconds(5);

    private RedPolicy _policy = new(isPossible: true);
    private Instant _now = new(1_000_000);

    [Theory]
    [InlineData(0.02f, false)]
    [InlineData(0.04f, true)]
    public void A_line_that_loses_gets_red_with_the_first_full_report(float loss, bool on)
    {
        Report(loss);

        Assert.Equal(on, _policy.IsOn);
    }

    [Fact]
    public void A_report_on_a_few_packets_decides_nothing()
    {
        Assert.False(Report(0.2f, packets: 5));
        Assert.False(_policy.IsOn);
    }

    [Fact]
    public void A_report_on_no_packets_says_nothing()
    {
        Report(0.1f);
        for (int i = 0; i < 20; i++)
            Report(0, packets: 0);

        Assert.True(_policy.IsOn);
    }

    [Fact]
    public void Red_ends_when_the_line_has_been_good_for_a_while()
    {
        Report(0.1f);
        for (int i = 0; i < 3; i++)
            Assert.False(Report(0));

        Assert.True(Report(0));
        Assert.False(_policy.IsOn);
    }

    [Fact]
    public void One_bad_report_among_good_ones_starts_the_wait_anew()
    {
        Report(0.1f);
        Report(0);
        Report(0);
        Report(0.02f);
        for (int i = 0; i < 3; i++)
            Assert.False(Report(0));

        Assert.True(Report(0));
    }

    [Fact]
    public void A_line_that_red_makes_worse_is_left_alone_for_a_minute()
    {
        Report(0.05f);
        Assert.True(Report(0.3f));
        Assert.False(_policy.IsOn);
        for (int i = 0; i < 11; i++)
            Assert.False(Report(0.05f));

        Assert.True(Report(0.05f));
        Assert.True(_policy.IsOn);
    }

    [Fact]
    public void A_line_that_becomes_worse_long_after_red_began_keeps_it()
    {
        Report(0.05f);
        for (int i = 0; i < 3; i++)
            Report(0.06f);

        Assert.False(Report(0.3f));
        Assert.True(_policy.IsOn);
    }

    [Fact]
    public void A_line_that_loses_much_keeps_red_though_its_loss_wanders()
    {
        Report(0.15f);

        foreach (float loss in (float[])[0.1f, 0.2f, 0.18f, 0.08f, 0.25f])
            Assert.False(Report(loss));
    }

    [Fact]
    public void Steady_loss_never_makes_it_go_to_and_fro() =>
        Gen.Select(Gen.Int[0, 300], Gen.Int).Sample((permille, seed) =>
        {
            var test = new RedPolicyTests();
            var random = new Random(seed);
            int switches = 0;
            for (int i = 0; i < 120; i++)
            {
                int lost = Enumerable.Range(0, 250).Count(_ => random.Next(1_000) < permille);
                switches += test.Report(lost / 250f) ? 1 : 0;
            }

            // Ten minutes; in between of both limits it may go over once in a while.
            Assert.InRange(switches, 0, 6);
        });

    private bool Report(float loss, int packets = 250)
    {
        _now += ReportInterval;
        return _policy.OnReport(loss, packets, _now);
    }
}
