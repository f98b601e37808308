using Sfu.Slots;
using Sfu.TestKit.Workers;

namespace Sfu.Tests.Workers;

public sealed class SlotLimitCommandTests
{
    [Fact]
    public void A_client_that_asks_for_one_slot_hears_the_dominant_speaker_alone()
    {
        using var node = new SimulatedNode();
        SimulatedClient ann = node.Connect();
        SimulatedClient ben = node.Connect();
        SimulatedClient listener = node.Connect();
        node.TakeStage(ann);
        node.TakeStage(ben);

        TalkTogether(node, ann, ben);
        Assert.Equal(2, Streams(listener));

        node.Cores[0].LimitSlots(listener.Key, 1);
        listener.Heard.Clear();
        TalkTogether(node, ann, ben);
        Assert.Equal(1, Streams(listener));

        node.Cores[0].LimitSlots(listener.Key, MediaConstants.MaxSlots);
        listener.Heard.Clear();
        TalkTogether(node, ann, ben);
        Assert.Equal(2, Streams(listener));
    }

    [Fact]
    public void Who_asks_before_the_handshake_is_done_is_heard_too()
    {
        using var node = new SimulatedNode();
        SimulatedClient ann = node.Connect();
        SimulatedClient ben = node.Connect();
        SimulatedClient listener = node.Join();
        node.Cores[0].LimitSlots(listener.Key, 1);
        node.TakeStage(ann);
        node.TakeStage(ben);
        node.Advance(TimeSpan.FromSeconds(2));

        TalkTogether(node, ann, ben);

        Assert.True(listener.IsConnected);
        Assert.Equal(1, Streams(listener));
    }

    private static void TalkTogether(SimulatedNode node, SimulatedClient ann, SimulatedClient ben)
    {
        for (int i = 0; i < 50; i++)
        {
            ann.Speak(SimulatedClient.Opus(i), node.Now);
            ben.Speak(SimulatedClient.Opus(i), node.Now);
            node.Advance(SimulatedClient.PacketInterval);
        }
    }

    private static int Streams(SimulatedClient listener) => listener.Heard.Select(p => p.Ssrc).Distinct().Count();
}
