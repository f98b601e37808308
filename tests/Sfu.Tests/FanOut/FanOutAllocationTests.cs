using System.Buffers.Binary;
using Sfu.Diagnostics;
using Sfu.FanOut;
using Sfu.Rtcp;
using Sfu.Slots;
using Sfu.Srtp;
using Sfu.TestKit.Diagnostics;
using Sfu.TestKit.Net;
using Sfu.TestKit.Rtp;
using Sfu.TestKit.Slots;
using Sfu.Time;

namespace Sfu.Tests.FanOut;

public sealed class FanOutAllocationTests
{
    private const int Packets = 100_000;
    private const int Listeners = 50;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_hundred_thousand_packets_go_to_fifty_listeners_without_an_allocation(bool lossy)
    {
        int published = 0;
        long datagrams = 0;
        long retransmitted = 0;
        long allocated = Allocations.Of(
            () =>
            {
                var room = new FullRoom(lossy);
                room.Forward(100);
                return room;
            },
            room =>
            {
                long before = room.Datagrams;
                published = room.Forward(Packets);
                datagrams = room.Datagrams - before;
                retransmitted = room.Retransmitted;
            });

        Assert.Equal(0, allocated);
        Assert.Equal(Packets, published);
        Assert.True(datagrams >= (long)Packets * Listeners);
        Assert.Equal(lossy, retransmitted > 1_000);
    }

    /// <summary>Four speakers on three slots, before fifty listeners; on lossy lines they all get RED and ask for packets again.</summary>
    private sealed class FullRoom
    {
        private static readonly byte[] Question = NackBytes.Of(MediaConstants.SlotSsrc(0), 0);

        private readonly DownlinkFeedback _feedback;
        private readonly TestListener[] _listeners;
        private readonly bool _lossy;
        private readonly Audience _audience = new(3);
        private readonly Stage _stage;
        private readonly NullSender _sender = new();
        private readonly TagBatch _tags = new();
        private readonly DropCounters _drops = new();
        private readonly MediaCounters _counters = new();
        private readonly MediaClock _clock = new(TimeProvider.System);
        private readonly SpeakerSource[] _speakers = [new(1), new(2), new(3), new(4)];
        private readonly byte[] _payload = new byte[90];

        public FullRoom(bool lossy)
        {
            _lossy = lossy;
            _feedback = new DownlinkFeedback(_sender, _tags, _drops, _counters);
            _stage = new Stage(3, _audience);
            foreach (SpeakerSource speaker in _speakers)
                _stage.AddSpeaker(speaker.Csrc);
            var protector = new FakeProtector { Records = false };
            _listeners = [.. Enumerable.Range(0, Listeners).Select(i => new TestListener(i, 3, protector, FormatOf(i)))];
            foreach (TestListener listener in _listeners)
            {
                _audience.Add(listener.Listener);
                if (lossy)
                    _feedback.OnReport(listener.Listener, new ReportBlock(MediaConstants.SlotSsrc(0), 40, 0, 900, 0, 0, 0), null, _clock.Now);
            }
        }

        public long Datagrams => _sender.Datagrams;

        public long Retransmitted => _counters.RetransmittedPackets;

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

                if (_lossy)
                    Ask(_listeners[round % Listeners].Listener, now);
                _audience.WriteReports(now, _clock, 4, _sender);
                now += TimeSpan.FromMilliseconds(20);
            }

            return published;
        }

        /// <summary>On a lossy line everything is taken, and by every other listener as RTX.</summary>
        private ListenerFormat FormatOf(int listener)
        {
            bool rtx = _lossy && listener % 2 == 1;
            return ListenerFormat.OfAnswer(level: true, red: _lossy, nack: _lossy, opusRtx: rtx, redRtx: rtx);
        }

        /// <summary>For the latest packet of the first slot.</summary>
        private void Ask(Listener listener, Instant now)
        {
            BinaryPrimitives.WriteUInt16BigEndian(Question.AsSpan(12), (ushort)listener.NumbersOf(0).Highest);
            if (RtcpReader.TryRead(Question, out RtcpReader reader) == DropReason.None
                && reader.MoveNext()
                && Nack.TryRead(reader.Current, out Nack nack) == DropReason.None)
            {
                _feedback.OnNack(listener, nack, now);
            }
        }
    }
}
