using Sfu.Diagnostics;
using Sfu.Rtcp;
using Sfu.Slots;
using Sfu.TestKit.Net;
using Sfu.TestKit.Workers;

namespace Sfu.Tests.Workers;

/// <summary>What a publisher's reports tell of those who hear it.</summary>
public sealed class ListenerLossTests
{
    /// <summary>1/8, in 1/256.</summary>
    private const byte Suffering = 32;

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 0)]
    [InlineData(1, 1)]
    [InlineData(1, 2)]
    public void What_listeners_lose_is_told_to_the_publisher_wherever_either_is(int publisherOn, int listenersOn)
    {
        using var node = new SimulatedNode(workers: 3);
        SimulatedClient speaker = node.Connect(publisherOn);
        SimulatedClient[] listeners = Connect(node, 3, listenersOn);
        node.TakeStage(speaker);

        Talk(node, speaker, seconds: 4, () => Report(node, listeners, Suffering));

        Assert.Equal(Suffering, Told(speaker)[^1].FractionLost);
    }

    [Fact]
    public void Its_own_loss_stays_in_the_count_and_wins_where_it_is_more()
    {
        using var node = new SimulatedNode();
        SimulatedClient speaker = node.Connect();
        SimulatedClient[] listeners = Connect(node, 3, worker: 0);
        node.TakeStage(speaker);
        Talk(node, speaker, seconds: 3, () => Report(node, listeners, Suffering));
        Assert.Equal((Suffering, 0), (Told(speaker)[^1].FractionLost, Told(speaker)[^1].CumulativeLost));

        node.Network.SetConditions(speaker.Address, SimulatedNode.AddressOf(0), new LinkConditions { Loss = 0.5 });
        Talk(node, speaker, seconds: 3, () => Report(node, listeners, Suffering));

        Assert.InRange(Told(speaker)[^1].FractionLost, 70, 190);
    }

    [Fact]
    public void One_broken_line_among_ten_changes_nothing_however_often_it_reports()
    {
        using var node = new SimulatedNode();
        SimulatedClient speaker = node.Connect();
        SimulatedClient[] listeners = Connect(node, 20, worker: 0);
        node.TakeStage(speaker);

        Talk(node, speaker, seconds: 6, () =>
        {
            Report(node, listeners[1..], 0);
            for (int i = 0; i < 20; i++)
                Report(node, listeners[..1], byte.MaxValue);
        });

        Assert.All(Told(speaker), block => Assert.Equal(0, block.FractionLost));
    }

    [Fact]
    public void Old_reports_do_not_stay()
    {
        using var node = new SimulatedNode(workers: 2);
        SimulatedClient speaker = node.Connect(worker: 1);
        SimulatedClient[] listeners = Connect(node, 3, worker: 0);
        node.TakeStage(speaker);
        Talk(node, speaker, seconds: 3, () => Report(node, listeners, Suffering));
        Assert.Equal(Suffering, Told(speaker)[^1].FractionLost);

        Talk(node, speaker, seconds: 10, () => { });

        Assert.Equal(0, Told(speaker)[^1].FractionLost);
    }

    [Fact]
    public void Who_rides_in_another_slot_is_not_told_of_this_one()
    {
        using var node = new SimulatedNode();
        SimulatedClient first = node.Connect();
        SimulatedClient second = node.Connect();
        SimulatedClient[] listeners = Connect(node, 3, worker: 0);
        node.TakeStage(first);
        node.TakeStage(second);
        node.Talk(first, 5);

        for (int i = 0; i < 200; i++)
        {
            second.Speak(SimulatedClient.Opus(i), node.Now);
            if (i % 50 == 0)
                Report(node, listeners, Suffering);
            first.Speak(SimulatedClient.Opus(i), node.Now);
            node.Advance(SimulatedClient.PacketInterval);
        }

        Assert.Equal(Suffering, Told(first)[^1].FractionLost);
        Assert.All(Told(second), block => Assert.Equal(0, block.FractionLost));
    }

    [Fact]
    public void Reports_about_streams_that_are_no_slots_of_the_room_count_for_nothing()
    {
        using var node = new SimulatedNode();
        SimulatedClient speaker = node.Connect();
        SimulatedClient listener = node.Connect();
        node.TakeStage(speaker);

        Talk(node, speaker, seconds: 3, () =>
        {
            Report(node, [listener], Suffering, MediaConstants.ReceiverSsrc);
            Report(node, [listener], Suffering, MediaConstants.SlotSsrc(3));
        });

        Assert.All(Told(speaker), block => Assert.Equal(0, block.FractionLost));
        Assert.Equal(0, node.Drops(DropReason.UnknownTarget));
    }

    [Fact]
    public void Who_has_left_is_told_nothing_and_does_no_harm()
    {
        using var node = new SimulatedNode(workers: 2);
        SimulatedClient speaker = node.Connect(worker: 1);
        SimulatedClient[] listeners = Connect(node, 3, worker: 0);
        node.TakeStage(speaker);
        Talk(node, speaker, seconds: 2, () => Report(node, listeners, Suffering));

        node.Cores[1].RemovePeer(speaker.Key);
        Report(node, listeners, Suffering);
        node.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(0, node.Drops(DropReason.UnknownTarget));
    }

    private static SimulatedClient[] Connect(SimulatedNode node, int count, int worker) =>
        [.. Enumerable.Range(0, count).Select(_ => node.Connect(worker))];

    private static void Talk(SimulatedNode node, SimulatedClient speaker, int seconds, Action everySecond)
    {
        for (int i = 0; i < seconds; i++)
        {
            everySecond();
            node.Talk(speaker, packets: 40);
        }
    }

    private static void Report(SimulatedNode node, SimulatedClient[] listeners, byte fraction, uint? ssrc = null)
    {
        foreach (SimulatedClient listener in listeners)
        {
            var writer = new RtcpWriter(new byte[64]);
            writer.TryWriteReceiverReport(listener.Ssrc, new ReportBlock(ssrc ?? MediaConstants.SlotSsrc(0), fraction, 0, 0, 0, 0, 0));
            listener.SendRtcp(writer.Written, node.Now);
        }
    }

    private static List<ReportBlock> Told(SimulatedClient speaker)
    {
        var blocks = new List<ReportBlock>();
        foreach (byte[] compound in speaker.Reports)
        {
            RtcpReader.TryRead(compound, out RtcpReader reader);
            foreach (RtcpPacket packet in reader)
            {
                if (ReceiverReport.TryRead(packet, out ReceiverReport report) != DropReason.None)
                    continue;
                foreach (ReportBlock block in report.Blocks)
                    blocks.Add(block);
            }
        }

        Assert.NotEmpty(blocks);
        Assert.All(blocks, block => Assert.Equal(speaker.Ssrc, block.Ssrc));
        return blocks;
    }
}
