using Sfu.Diagnostics;
using Sfu.Slots;
using Sfu.TestKit.Net;
using Sfu.TestKit.Workers;

namespace Sfu.Tests.Workers;

/// <summary>What listeners miss on lines that lose, by how they are protected.</summary>
public sealed class DownlinkLossTests(ITestOutputHelper output)
{
    private const uint Samples = 960;

    /// <summary>Until the first reports have told of the loss.</summary>
    private const int WarmUp = 600;

    /// <summary>Frames of 20 ms: 40 s.</summary>
    private const int Frames = 2_000;

    private static readonly TimeSpan Playout = TimeSpan.FromMilliseconds(120);
    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(20);

    public static TheoryData<string, LinkConditions, double, double> Lines => new()
    {
        // What RED and what NACK leave of the loss at most. RED: what is lost three times in a row. NACK: where question or answer is lost
        // as well, since a second question comes too late for the jitter buffer.
        { "5 % at random", new LinkConditions { Delay = Delay, Loss = 0.05 }, 0.1, 0.25 },
        { "10 % at random", new LinkConditions { Delay = Delay, Loss = 0.10 }, 0.1, 0.3 },
        { "20 % at random", new LinkConditions { Delay = Delay, Loss = 0.20 }, 0.15, 0.5 },
        { "bursts of two", new LinkConditions { Delay = Delay, BurstStart = 0.03, BurstEnd = 0.5 }, 0.6, 0.4 },
        {
            "10 %, reordered and doubled",
            new LinkConditions { Delay = Delay, Loss = 0.10, Reorder = 0.05, ReorderDelay = TimeSpan.FromMilliseconds(35), Duplicate = 0.05 },
            0.1,
            0.35
        },
    };

    [Theory]
    [MemberData(nameof(Lines))]
    public void Red_and_nack_leave_a_part_of_what_a_plain_listener_misses(string line, LinkConditions conditions, double ofRed, double ofNack)
    {
        using var node = new SimulatedNode();
        SimulatedClient ann = node.Connect();
        SimulatedClient plain = Connect(node, red: false, nack: false);
        SimulatedClient red = Connect(node, red: true, nack: false);
        SimulatedClient nack = Connect(node, red: false, nack: true);
        SimulatedClient rtx = Connect(node, red: false, nack: true, rtx: true);
        SimulatedClient both = Connect(node, red: true, nack: true);
        SimulatedClient all = Connect(node, red: true, nack: true, rtx: true);
        foreach (SimulatedClient listener in (SimulatedClient[])[plain, red, nack, rtx, both, all])
        {
            node.Network.SetConditions(SimulatedNode.AddressOf(0), listener.Address, conditions);
            node.Network.SetConditions(listener.Address, SimulatedNode.AddressOf(0), conditions);
        }

        node.TakeStage(ann);
        node.TalkOn(ann, WarmUp);
        uint from = plain.Heard[0].Timestamp + WarmUp * Samples;
        node.TalkOn(ann, Frames);
        node.Advance(2 * Playout);

        int missed = Missed(plain, from);
        output.WriteLine($"{line}: of {Frames} frames plain {missed}, RED {Missed(red, from)}, NACK {Missed(nack, from)}, RTX {Missed(rtx, from)}, RED with NACK {Missed(both, from)}, with RTX {Missed(all, from)}");
        Assert.True(missed > Frames / 40, $"{missed} lost frames prove nothing.");
        Assert.InRange(Missed(red, from), 0, missed * ofRed);
        Assert.InRange(Missed(nack, from), 0, missed * ofNack);
        Assert.InRange(Missed(rtx, from), 0, missed * ofNack);
        Assert.InRange(Missed(both, from), 0, missed * Math.Min(ofRed, ofNack));
        Assert.InRange(Missed(all, from), 0, missed * Math.Min(ofRed, ofNack));
        Assert.True(all.Ear!.PayloadTypes[MediaConstants.RedRtxPayloadType] > 0);
        Assert.Equal(0, plain.Ear!.PayloadTypes.GetValueOrDefault(MediaConstants.RedPayloadType));
        Assert.All((SimulatedClient[])[ann, plain, red, nack, rtx, both, all], c => Assert.DoesNotContain(c.Failures, f => f != DropReason.SrtpReplayed));
    }

    [Fact]
    public void On_a_line_that_becomes_good_again_the_listener_goes_back_to_opus()
    {
        using var node = new SimulatedNode();
        SimulatedClient ann = node.Connect();
        SimulatedClient listener = Connect(node, red: true, nack: false);
        node.TakeStage(ann);
        node.TalkOn(ann, 300);
        Assert.Equal(0, node.Cores[0].Media.RedListeners);

        node.Network.SetConditions(SimulatedNode.AddressOf(0), listener.Address, new LinkConditions { Loss = 0.1 });
        node.TalkOn(ann, 600);
        Assert.Equal(1, node.Cores[0].Media.RedListeners);
        Assert.True(listener.HasRedundancy);

        node.Network.SetConditions(SimulatedNode.AddressOf(0), listener.Address, LinkConditions.Perfect);
        node.TalkOn(ann, 1_600);
        Assert.False(listener.HasRedundancy);
        Assert.Equal((0, 2), (node.Cores[0].Media.RedListeners, node.Cores[0].Media.RedSwitches));
    }

    [Fact]
    public void A_listener_that_leaves_on_red_is_not_counted_any_more()
    {
        using var node = new SimulatedNode();
        SimulatedClient ann = node.Connect();
        SimulatedClient listener = Connect(node, red: true, nack: false);
        node.TakeStage(ann);
        node.Network.SetConditions(SimulatedNode.AddressOf(0), listener.Address, new LinkConditions { Loss = 0.1 });
        node.TalkOn(ann, 600);
        Assert.Equal(1, node.Cores[0].Media.RedListeners);

        node.Cores[0].RemovePeer(listener.Key);
        Assert.Equal(0, node.Cores[0].Media.RedListeners);
    }

    private static SimulatedClient Connect(SimulatedNode node, bool red, bool nack, bool rtx = false) =>
        node.Connect(options: new SimulatedClientOptions { Red = red, Nack = nack, Rtx = rtx, Ear = new SimulatedEar(nack, Playout) });

    private static int Missed(SimulatedClient listener, uint from) =>
        Frames - listener.Ear!.Played(MediaConstants.SlotSsrc(0), from);
}
