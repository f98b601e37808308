using Sfu.Diagnostics;
using Sfu.FanOut;
using Sfu.Srtp;
using Sfu.TestKit.Diagnostics;
using Sfu.TestKit.Net;
using Sfu.TestKit.Slots;
using Sfu.Time;

namespace Sfu.Tests.FanOut;

public sealed class FanOutAllocationTests
{
    private const int Packets = 100_000;
    private const int Listeners = 50;

    [Fact]
    public void A_hundred_thousand_packets_go_to_fifty_listeners_without_an_allocation()
    {
        int published = 0;
        long datagrams = 0;
        long allocated = Allocations.Of(
            () =>
            {
                var room = new FullRoom();
                room.Forward(100);
                return room;
            },
            room =>
            {
                long before = room.Datagrams;
                published = room.Forward(Packets);
                datagrams = room.Datagrams - before;
            });

        Assert.Equal(0, allocated);
        Assert.Equal(Packets, published);
        Assert.True(datagrams >= (long)Packets * Listeners);
    }

    /// <summary>Four speakers on three slots, before fifty listeners.</summary>
    private sealed class FullRoom
    {
        private readonly Audience _audience = new(3);
        private readonly Stage _stage;
        private readonly NullSender _sender = new();
        private readonly TagBatch _tags = new();
        private readonly DropCounters _drops = new();
        private readonly MediaClock _clock = new(TimeProvider.System);
        private readonly SpeakerSource[] _speakers = [new(1), new(2), new(3), new(4)];
        private readonly byte[] _payload = new byte[90];

        public FullRoom()
        {
            _stage = new Stage(3, _audience);
            foreach (SpeakerSource speaker in _speakers)
                _stage.AddSpeaker(speaker.Csrc);
            var protector = new FakeProtector { Records = false };
            for (int i = 0; i < Listeners; i++)
                _audience.Add(new TestListener(i, 3, protector).Listener);
        }

        public long Datagrams => _sender.Datagrams;

        /// <returns>How many packets were published.</returns>
        public int Forward(int packets)
        {
            var now = new Instant(1_000_000 + _speakers[0].Index * 20_000);
            int published = 0;
            for (int round = 0; published < packets; round++)
            {
                // The fourth one is louder from time to time and takes a slot.
                for (int i = 0; i < _speakers.Length && published < packets; i++)
                {
                    SpeakerSource speaker = _speakers[i];
                    speaker.Level = (byte)(i == 3 && round / 500 % 2 == 0 ? 15 : 30 + i);
                    if (_stage.Receive(speaker.Csrc, speaker.NextWith(_payload.AsSpan(0, 50 + round * (i + 1) % 40)), now) == DropReason.None)
                        published++;
                }

                while (_audience.Step(16, _sender, _drops, _tags))
                {
                }

                _audience.WriteReports(now, _clock, 4, _sender);
                now += TimeSpan.FromMilliseconds(20);
            }

            return published;
        }
    }
}
