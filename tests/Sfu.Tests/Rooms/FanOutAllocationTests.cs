using Sfu.Diagnostics;
using Sfu.Rooms;
using Sfu.TestKit.Net;
using Sfu.TestKit.Slots;
using Sfu.Time;

namespace Sfu.Tests.Rooms;

public sealed class FanOutAllocationTests
{
    private const int Packets = 100_000;
    private const int Listeners = 50;

    [Fact]
    public void A_hundred_thousand_packets_go_to_fifty_listeners_without_an_allocation()
    {
        var audience = new Audience(3);
        var stage = new Stage(3, audience);
        var sender = new NullSender();
        var drops = new DropCounters();
        var clock = new MediaClock(TimeProvider.System);
        var protector = new FakeProtector { Records = false };
        SpeakerSource[] speakers = [new(1), new(2), new(3), new(4)];
        byte[] payload = new byte[90];
        foreach (SpeakerSource speaker in speakers)
            stage.AddSpeaker(speaker.Csrc);
        for (int i = 0; i < Listeners; i++)
            audience.Add(new TestListener(i, 3, protector).Listener);

        Forward(stage, audience, speakers, payload, 100, clock, sender, drops);
        long datagramsBefore = sender.Datagrams;
        long before = GC.GetAllocatedBytesForCurrentThread();
        int published = Forward(stage, audience, speakers, payload, Packets, clock, sender, drops);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(0, allocated);
        Assert.Equal(Packets, published);
        Assert.True(sender.Datagrams - datagramsBefore >= (long)Packets * Listeners);
    }

    /// <returns>How many packets were published.</returns>
    private static int Forward(
        Stage stage,
        Audience audience,
        SpeakerSource[] speakers,
        byte[] payload,
        int packets,
        MediaClock clock,
        NullSender sender,
        DropCounters drops)
    {
        var now = new Instant(1_000_000 + speakers[0].Index * 20_000);
        int published = 0;
        for (int round = 0; published < packets; round++)
        {
            // The fourth one is louder from time to time and takes a slot.
            for (int i = 0; i < speakers.Length && published < packets; i++)
            {
                SpeakerSource speaker = speakers[i];
                speaker.Level = (byte)(i == 3 && round / 500 % 2 == 0 ? 15 : 30 + i);
                if (stage.Receive(speaker.Csrc, speaker.NextWith(payload.AsSpan(0, 50 + round * (i + 1) % 40)), now) == DropReason.None)
                    published++;
            }

            while (audience.Step(16, sender, drops))
            {
            }

            audience.WriteReports(now, clock, 4, sender);
            now += TimeSpan.FromMilliseconds(20);
        }

        return published;
    }
}
