using Sfu.Peers;
using Sfu.TestKit.Workers;

namespace Sfu.Tests.Workers;

/// <summary>Clients that fall silent without a word, and come back.</summary>
public sealed class ConsentTests
{
    private static readonly TimeSpan Consent = TimeSpan.FromSeconds(30);

    [Fact]
    public void A_dead_listener_is_noticed_within_30_s_and_gets_nothing_any_more()
    {
        using var node = new SimulatedNode();
        SimulatedClient speaker = node.Connect();
        SimulatedClient dead = node.Connect();
        SimulatedClient alive = node.Connect();
        node.TakeStage(speaker);
        node.Talk(speaker, packets: 10);

        dead.Suspend();
        TimeSpan noticed = TimeUntil(node, () => dead.State == MediaState.Disconnected);

        // Its last check may have been up to some seconds before.
        Assert.InRange(noticed, Consent - TimeSpan.FromSeconds(6), Consent);
        long reports = dead.Reports.Count;
        int heard = dead.Heard.Count;
        node.Talk(speaker, packets: 50);
        node.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal((heard, reports), (dead.Heard.Count, dead.Reports.Count));
        Assert.Equal(MediaState.Connected, alive.State);
    }

    [Fact]
    public void A_dead_speaker_is_noticed_within_30_s_and_is_asked_for_nothing_any_more()
    {
        using var node = new SimulatedNode();
        SimulatedClient speaker = node.Connect(options: new SimulatedClientOptions { Retransmits = true });
        node.Connect();
        node.TakeStage(speaker);
        node.Talk(speaker, packets: 10);
        speaker.SkipSpeech();
        node.Talk(speaker, packets: 1);

        speaker.Suspend();
        TimeSpan noticed = TimeUntil(node, () => speaker.State == MediaState.Disconnected);

        Assert.InRange(noticed, Consent - TimeSpan.FromSeconds(6), Consent);
        int reports = speaker.Reports.Count;
        node.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(reports, speaker.Reports.Count);
    }

    [Theory]
    [InlineData(31)]
    [InlineData(600)]
    public void A_suspended_phone_that_comes_back_hears_within_2_s(int asleepSeconds)
    {
        using var node = new SimulatedNode();
        SimulatedClient speaker = node.Connect();
        SimulatedClient phone = node.Connect();
        node.TakeStage(speaker);
        phone.Suspend();
        node.Advance(TimeSpan.FromSeconds(asleepSeconds));
        Assert.Equal(MediaState.Disconnected, phone.State);

        phone.Wake();
        int number = 0;
        TimeSpan silent = TimeUntil(node, () =>
        {
            if (number++ % 20 == 0)
                speaker.Speak(SimulatedClient.Opus(number), node.Now);
            return phone.Heard.Count > 0;
        });

        Assert.InRange(silent, TimeSpan.Zero, TimeSpan.FromSeconds(2));
    }

    [Theory]
    [InlineData(31)]
    [InlineData(600)]
    public void A_suspended_speaker_that_comes_back_is_heard_with_its_first_word(int asleepSeconds)
    {
        using var node = new SimulatedNode();
        SimulatedClient speaker = node.Connect();
        SimulatedClient listener = node.Connect();
        node.TakeStage(speaker);
        node.Talk(speaker, packets: 10);
        int before = listener.Heard.Count;
        speaker.Suspend();
        node.Advance(TimeSpan.FromSeconds(asleepSeconds));
        Assert.Equal(MediaState.Disconnected, speaker.State);

        node.Talk(speaker, packets: 5);

        Assert.Equal(before + 5, listener.Heard.Count);
        Assert.Equal(MediaState.Connected, speaker.State);
    }

    private static TimeSpan TimeUntil(SimulatedNode node, Func<bool> condition)
    {
        var start = node.Now;
        while (!condition() && node.Now - start < TimeSpan.FromMinutes(2))
            node.Advance(TimeSpan.FromMilliseconds(1));
        return node.Now - start;
    }
}
