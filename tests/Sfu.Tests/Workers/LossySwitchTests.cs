using Sfu.TestKit.Net;
using Sfu.TestKit.Workers;

namespace Sfu.Tests.Workers;

/// <summary>Speakers take turns in one slot over bad lines: what a listener with a good one sees of the slot's sequence and timeline.</summary>
public sealed class LossySwitchTests
{
    private const int PacketDuration = 960;

    private static readonly LinkConditions Bad = new()
    {
        Delay = TimeSpan.FromMilliseconds(30),
        Jitter = TimeSpan.FromMilliseconds(15),
        Loss = 0.08,
        BurstStart = 0.01,
        BurstEnd = 0.4,
        Reorder = 0.03,
        Duplicate = 0.03,
    };

    [Theory]
    [InlineData(0, false, 1)]
    [InlineData(1, false, 2)]
    [InlineData(0, true, 3)]
    [InlineData(2, true, 4)]
    public void Neither_sequence_nor_timeline_breaks(int redDistance, bool retransmits, int seed)
    {
        using var node = new SimulatedNode(workers: 2, new SfuOptions { Slots = 1 }, seed);
        var options = new SimulatedClientOptions { RedDistance = redDistance, Retransmits = retransmits };
        SimulatedClient[] speakers = [node.Connect(0, options), node.Connect(1, options)];
        SimulatedClient listener = node.Connect();
        for (int i = 0; i < speakers.Length; i++)
        {
            node.TakeStage(speakers[i]);
            node.Network.SetConditions(speakers[i].Address, SimulatedNode.AddressOf(i), Bad);
        }

        for (int turn = 0; turn < 12; turn++)
        {
            // Who is silent gives the slot to the next one.
            node.Talk(speakers[turn % 2], packets: 60);
            node.Advance(TimeSpan.FromSeconds(2));
        }

        HeardPacket[] heard = [.. listener.Heard.OrderBy(p => p.Index)];
        Assert.Equal(heard.Length, heard.Select(p => p.Index).Distinct().Count());
        Assert.Empty(listener.Failures);
        Assert.InRange(heard.Length, 12 * 60 * 80 / 100, 12 * 60);
        int turns = 1;
        foreach ((HeardPacket before, HeardPacket after) in heard.Zip(heard.Skip(1)))
        {
            int samples = (int)(after.Timestamp - before.Timestamp);
            if (before.Csrc == after.Csrc)
            {
                // Within a turn the steps are the publisher's, lost packets included.
                Assert.Equal((after.Index - before.Index) * PacketDuration, samples);
            }
            else
            {
                // A new speaker comes next in the sequence, at the time that has passed.
                turns++;
                Assert.Equal(before.Index + 1, after.Index);
                Assert.InRange(samples / 48.0, 2_000, 2_600);
            }
        }

        Assert.Equal(12, turns);
    }
}
