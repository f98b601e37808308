using Sfu.Selection.Scenes;

namespace Sfu.Selection.Tests.Scenes;

public sealed class SceneMakerTests(SharedScenes shared)
{
    [Fact]
    public void The_same_seed_makes_the_same_packets()
    {
        Scene again = new SceneMaker(shared.Pool, SharedScenes.Seed, SharedScenes.Milliseconds).All()[0];

        Assert.Equal(shared.Scenes[0].Packets, again.Packets);
        Assert.Equal(shared.Scenes[0].Turns, again.Turns);
    }

    [Fact]
    public void Turns_are_where_the_speech_is()
    {
        foreach (Scene scene in shared.Scenes)
        {
            Assert.NotEmpty(scene.Turns);
            Assert.All(scene.Turns, turn => Assert.Contains(scene.Packets, p => p.Member == turn.Member && p.Start + p.Duration > turn.Start && p.Speech > 0));
            Assert.All(scene.Packets.Where(p => p.Speech > 0), p => Assert.True(scene.Speaks(p.Member, p.Start, p.Start + p.Duration)));
        }
    }

    [Fact]
    public void Packets_come_in_all_lengths_with_dtx_and_in_the_order_of_arrival()
    {
        ScenePacket[] packets = [.. shared.Scenes.SelectMany(s => s.Packets)];

        Assert.Equal([10, 20, 40, 60], packets.Select(p => p.Duration).Distinct().Order());
        Assert.Contains(packets, p => !p.Level.Voice);
        Assert.All(shared.Scenes, s => Assert.Equal(s.Packets.Select(p => p.Arrival).Order(), s.Packets.Select(p => p.Arrival)));
    }

    [Fact]
    public void There_are_more_microphones_than_slots() => Assert.All(shared.Scenes, s => Assert.True(s.Members > s.Slots));
}
