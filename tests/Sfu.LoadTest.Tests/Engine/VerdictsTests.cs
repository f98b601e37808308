using Sfu.LoadTest.Engine;
using Sfu.LoadTest.Net;
using Sfu.LoadTest.Options;
using Sfu.LoadTest.Results;

namespace Sfu.LoadTest.Tests.Engine;

public sealed class VerdictsTests
{
    private static readonly Quantiles None = new(0, 0, 0, 0, 0);
    private static readonly PacketResult Good = new(100, 10_000, 10_000, 0, 0, 0, 0, 0, 1_000, 0);
    private static readonly VerificationResult Verified = new(100, 100, 2, 0, 0);

    [Fact]
    public void A_clean_run_passes() => Assert.True(Of(Good).Passed);

    [Fact]
    public void One_lost_packet_fails() => Fails(Good with { Received = 9_999, Lost = 1, LostShare = 0.0001 }, "1 of 10000 packets were lost");

    [Fact]
    public void A_loss_within_what_is_allowed_passes() =>
        Assert.True(Of(Good with { Received = 9_990, Lost = 10, LostShare = 0.001 }, maxLoss: 0.001).Passed);

    [Fact]
    public void A_loss_on_purpose_passes_when_it_is_measured() =>
        Assert.True(Of(Good with { Received = 9_900, Lost = 100, Injected = 100, LostShare = 0.01 }, injected: 0.01).Passed);

    [Fact]
    public void A_loss_besides_the_one_on_purpose_fails() =>
        Fails(Good with { Received = 9_899, Lost = 101, Injected = 100, LostShare = 0.0101 }, "1 of 10000 packets were lost, besides 100", injected: 0.01);

    [Fact]
    public void A_loss_on_purpose_that_is_not_noticed_fails() =>
        Fails(Good with { Injected = 100 }, "the counting is wrong", injected: 0.01);

    [Fact]
    public void A_loss_on_purpose_of_another_share_fails() =>
        Fails(Good with { Received = 9_880, Lost = 120, Injected = 120, LostShare = 0.012 }, "was measured", injected: 0.01);

    [Fact]
    public void What_nobody_heard_fails() => Assert.False(Of(Good, heard: 99).Passed);

    [Fact]
    public void Duplicates_and_drops_of_the_tool_fail()
    {
        Fails(Good with { Duplicated = 1 }, "came twice");
        Fails(Good with { DroppedByToolSockets = 1 }, "too slow");
        Fails(Good with { Received = 0, Expected = 0 }, "Nothing was received");
    }

    [Fact]
    public void Failed_joins_and_wrong_packets_fail()
    {
        Assert.False(Of(Good, failedJoins: 1).Passed);
        Assert.False(Of(Good, verification: Verified with { AuthenticationFailures = 1 }).Passed);
        Assert.False(Of(Good, verification: Verified with { Mismatches = 1 }).Passed);
        Assert.False(Of(Good, ended: 1).Passed);
    }

    [Fact]
    public void A_surge_must_be_over_in_time()
    {
        Assert.True(Of(Good, surge: new SurgeResult(20, 210, 1.9)).Passed);
        Assert.False(Of(Good, surge: new SurgeResult(20, 210, 2.1)).Passed);
        Assert.False(Of(Good, surge: new SurgeResult(20, 210, null)).Passed);
    }

    [Theory]
    [InlineData(50, 50, 299, true)]
    [InlineData(50, 49, 299, false)]
    [InlineData(50, 50, 301, false)]
    [InlineData(0, 0, 0, false)]
    public void Guests_have_to_be_heard_and_soon(long owed, long heard, double p99, bool passes) =>
        Assert.Equal(passes, Of(Good, onsets: new OnsetGoal(owed, new Quantiles(heard, 1, p99, p99, p99))).Passed);

    private static void Fails(PacketResult packets, string words, double injected = 0) =>
        Assert.Contains(Of(packets, injected).Failures, failure => failure.Contains(words, StringComparison.Ordinal));

    private static Verdict Of(
        PacketResult packets, double injected = 0, double maxLoss = 0, long heard = 100, int failedJoins = 0, VerificationResult? verification = null, int ended = 0,
        SurgeResult? surge = null, OnsetGoal? onsets = null)
    {
        var options = new LoadOptions(
            new Uri("http://127.0.0.1"), "sfu", "main", null, 1, 100, 1, 0, 64, 10, "all", false, "any", null, default(ClientNetwork), 2, false, injected, maxLoss,
            "load", "", null, null, null, null);
        var joins = new JoinResult(
            100, 100 - failedJoins, 10, None, None, null, failedJoins == 0 ? new Dictionary<string, int>() : new Dictionary<string, int> { ["why"] = failedJoins });
        var endings = ended == 0 ? new Dictionary<string, int>() : new Dictionary<string, int> { ["why"] = ended };
        return Verdicts.Of(options, joins, packets, verification ?? Verified, heard, everybodyIsHeard: true, endings, surge, onsets);
    }
}
