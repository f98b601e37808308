using Sfu.Diagnostics;
using Sfu.Opus;
using Sfu.Peers;
using Sfu.Rtp;
using Sfu.Slots;
using Sfu.TestKit.Diagnostics;
using Sfu.TestKit.Rtp;
using Sfu.TestKit.Sdp;
using Sfu.Tests.Sdp;
using Sfu.Time;

namespace Sfu.Tests.Peers;

public sealed class MicrophoneTests
{
    private const byte OtherPayloadType = 96;

    /// <summary>The builder's.</summary>
    private const uint Ssrc = 0x1234_5678;

    private readonly Microphone _microphone = new(new LevelMeters(null));
    private readonly MediaCounters _counters = new();
    private readonly Instant _now = new(1_000_000);

    public MicrophoneTests() => Apply(SdpTestData.Valid);

    [Fact]
    public void A_plain_packet_is_handed_on_as_it_is()
    {
        (long index, uint timestamp, byte[] payload, AudioLevel? level) = Assert.Single(Read(Plain(100)));

        Assert.Equal((100, 100 * 960u), (index, timestamp));
        Assert.Equal(Frame(100), payload);
        Assert.Equal(new AudioLevel(30, true), level);
    }

    [Fact]
    public void A_red_packet_after_no_loss_is_its_newest_frame_alone()
    {
        Read(Plain(100));

        Assert.Equal([101], Indices(Read(Red(101, 1))));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(8)]
    public void Holes_are_filled_in_order_with_their_own_index_timestamp_and_payload(int lost)
    {
        Read(Plain(100));
        int carrier = 101 + lost;

        var packets = Read(Red(carrier, lost));

        Assert.Equal(Enumerable.Range(101, lost + 1).Select(i => (long)i), Indices(packets));
        Assert.All(packets, packet =>
        {
            Assert.Equal((uint)packet.Index * 960, packet.Timestamp);
            Assert.Equal(Frame((int)packet.Index), packet.Payload);
        });
        Assert.Equal(lost, _counters.RecoveredPackets);
    }

    [Fact]
    public void A_recovered_packet_is_as_loud_as_the_one_that_carried_it()
    {
        Read(Plain(100));

        Assert.All(Read(Red(102, 1)), packet => Assert.Equal(new AudioLevel(30, true), packet.Level));
    }

    [Fact]
    public void What_comes_after_it_was_recovered_is_dropped_and_may_still_bring_others()
    {
        Read(Plain(100));
        Assert.Equal([102, 103], Indices(Read(Red(103, 1))));

        Assert.Equal([101], Indices(Read(Red(102, 1), DropReason.RtpRecovered)));
        Assert.Empty(Read(Red(101, 1), DropReason.RtpRecovered));
    }

    [Fact]
    public void Two_carriers_bring_a_frame_once()
    {
        Read(Plain(100));

        Assert.Equal([101, 103], Indices(Read(Red(103, 2, only: 2))));
        Assert.Equal([102, 104], Indices(Read(Red(104, 3))));
    }

    [Fact]
    public void Older_frames_than_listeners_wait_for_are_left_alone()
    {
        Read(Plain(100));

        Assert.Equal(Enumerable.Range(103, 9).Select(i => (long)i), Indices(Read(Red(111, 10))));
    }

    [Fact]
    public void A_frame_of_another_packet_than_the_missing_one_is_left_alone()
    {
        // What was lost had padding only, so the frame before the newest is one that has come.
        Read(Plain(100));
        byte[] datagram = new RtpBuilder { PayloadType = MediaConstants.RedPayloadType, SequenceNumber = 102, Timestamp = 101 * 960 }
            .WithRed((MediaConstants.OpusPayloadType, 960, Frame(100)), (MediaConstants.OpusPayloadType, 0, Frame(101)))
            .Build();

        Assert.Equal([102], Indices(Read((102, datagram))));
    }

    [Fact]
    public void Frames_of_another_codec_and_empty_ones_fill_no_holes()
    {
        Read(Plain(100));
        byte[] datagram = new RtpBuilder { PayloadType = MediaConstants.RedPayloadType, SequenceNumber = 103, Timestamp = 103 * 960 }
            .WithRed((OtherPayloadType, 1_920, Frame(101)), (MediaConstants.OpusPayloadType, 960, []), (MediaConstants.OpusPayloadType, 0, Frame(103)))
            .Build();

        Assert.Equal([103], Indices(Read((103, datagram))));
    }

    [Fact]
    public void Recovered_packets_are_paid_for()
    {
        int handedOn = 0;
        for (int i = 1; i <= 200; i++)
            handedOn += Read(Red(100 + i * 9, 8), expected: null).Count;

        Assert.Equal(Microphone.MaxRate, handedOn);
    }

    [Fact]
    public void Hostile_red_hands_on_nothing_twice_and_throws_nothing()
    {
        var random = new Random(1);
        var seen = new HashSet<long>();
        for (int i = 0; i < 20_000; i++)
        {
            int index = 1_000 + i / 40 + random.Next(-40, 3);
            (byte, ushort, byte[])[] blocks =
            [
                .. Enumerable.Range(0, random.Next(0, 40)).Select(_ =>
                    (random.Next(8) == 0 ? OtherPayloadType : MediaConstants.OpusPayloadType, (ushort)random.Next(1 << 14), new byte[random.Next(3)])),
                (MediaConstants.OpusPayloadType, (ushort)0, new byte[] { 0x78, 1 }),
            ];
            byte[] datagram = new RtpBuilder
            {
                PayloadType = MediaConstants.RedPayloadType,
                SequenceNumber = (ushort)index,
                Timestamp = (uint)random.Next(index * 960 - 2_000, index * 960 + 2_000),
            }.WithRed(blocks).Build();
            foreach ((long handedOn, _, _, _) in ReadAt((index, datagram), _now + TimeSpan.FromMilliseconds(20 * i), expected: null))
                Assert.True(seen.Add(handedOn));
        }
    }

    [Fact]
    public void Another_stream_starts_with_no_holes()
    {
        Read(Plain(100));
        Apply(SdpTestData.Valid, ssrc: 99);
        Assert.Empty(Read(Plain(101), DropReason.RtpUnknownSsrc));

        byte[] other = new RtpBuilder { Ssrc = 99, PayloadType = MediaConstants.RedPayloadType, SequenceNumber = 103, Timestamp = 103 * 960 }
            .WithRed((MediaConstants.OpusPayloadType, 960, Frame(102)), (MediaConstants.OpusPayloadType, 0, Frame(103)))
            .Build();

        Assert.Equal([103], Indices(Read((103, other))));
    }

    [Fact]
    public void What_neither_came_nor_was_recovered_is_asked_for_when_nack_is_negotiated()
    {
        Apply(SdpTestData.Valid with { MicrophoneNack = true });
        Read(Plain(100));
        Read(Red(104, 1));

        ushort[] missing = new ushort[MissingPackets.Capacity];
        Instant due = _now + MissingPackets.ReorderWait;
        Assert.Equal(due, _microphone.AskDeadline);
        Assert.Equal(2, _microphone.TakeMissing(due, missing));
        Assert.Equal([101, 102], missing[..2]);

        ReadAt(Plain(102), due, DropReason.None);
        Assert.Equal(1, _counters.AnsweredPackets);
    }

    [Fact]
    public void Without_nack_nothing_is_asked_for()
    {
        Read(Plain(100));
        Read(Plain(104));

        Assert.Equal(Instant.Never, _microphone.AskDeadline);
        Assert.Equal(0, _microphone.TakeMissing(_now + TimeSpan.FromSeconds(1), new ushort[MissingPackets.Capacity]));
    }

    [Fact]
    public void After_a_pause_what_was_lost_at_its_end_is_still_of_use()
    {
        Apply(SdpTestData.Valid with { MicrophoneNack = true });
        Read(Plain(100));
        Instant resumed = _now + TimeSpan.FromSeconds(2);
        ReadAt(Plain(102), resumed, DropReason.None);

        Assert.Equal(1, _microphone.TakeMissing(resumed + MissingPackets.ReorderWait, new ushort[MissingPackets.Capacity]));
    }

    [Fact]
    public void Reading_red_with_holes_allocates_nothing()
    {
        byte[][] datagrams = [.. Enumerable.Range(0, 100).Select(i => Red(i * 3 + 3, 2).Datagram)];

        Assert.Equal(0, Allocations.Of(Started, ReadAll));
        Assert.Equal(0, _counters.RecoveredPackets % 200);

        Microphone Started()
        {
            var microphone = new Microphone(new LevelMeters(null));
            microphone.Read(Plain(0).Datagram, 0, _now, _counters, out _);
            return microphone;
        }

        void ReadAll(Microphone microphone)
        {
            for (int i = 0; i < datagrams.Length; i++)
            {
                microphone.Read(datagrams[i], i * 3 + 3, _now, _counters, out SpeakerPackets packets);
                foreach (SpeakerPacket packet in packets)
                    _ = packet.Index;
            }
        }
    }

    private void Apply(TestAnswer answer, uint ssrc = Ssrc) =>
        _microphone.Apply(SdpTestData.Read((answer with { MicrophoneSsrc = ssrc }).ToString()));

    private static byte[] Frame(int number) => [0x78, (byte)number, (byte)(number >> 8), 7];

    private static (int Index, byte[] Datagram) Plain(int number) =>
        (number, Builder(number, MediaConstants.OpusPayloadType).WithPayload(Frame(number)).Build());

    /// <param name="only">Leaves out the other blocks' content, so that they fill nothing; 0 leaves out nothing.</param>
    private static (int Index, byte[] Datagram) Red(int number, int distance, int only = 0)
    {
        (byte, ushort, byte[])[] blocks =
        [
            .. Enumerable.Range(0, distance).Select(i => distance - i).Select(back =>
                (MediaConstants.OpusPayloadType, (ushort)(back * 960), only == 0 || back == only ? Frame(number - back) : [])),
            (MediaConstants.OpusPayloadType, (ushort)0, Frame(number)),
        ];
        return (number, Builder(number, MediaConstants.RedPayloadType).WithRed(blocks).Build());
    }

    private static RtpBuilder Builder(int number, byte payloadType) =>
        new RtpBuilder { PayloadType = payloadType, SequenceNumber = (ushort)number, Timestamp = (uint)number * 960 }
            .WithAudioLevel(MediaConstants.AudioLevelExtensionId, 30, voice: true);

    private static IEnumerable<long> Indices(IEnumerable<(long Index, uint, byte[], AudioLevel?)> packets) => packets.Select(p => p.Index);

    private List<(long Index, uint Timestamp, byte[] Payload, AudioLevel? Level)> Read(
        (int Index, byte[] Datagram) packet, DropReason? expected = DropReason.None) => ReadAt(packet, _now, expected);

    private List<(long Index, uint Timestamp, byte[] Payload, AudioLevel? Level)> ReadAt(
        (int Index, byte[] Datagram) packet, Instant now, DropReason? expected)
    {
        DropReason reason = _microphone.Read(packet.Datagram, packet.Index, now, _counters, out SpeakerPackets packets);
        if (expected is not null)
            Assert.Equal(expected, reason);
        var read = new List<(long, uint, byte[], AudioLevel?)>();
        foreach (SpeakerPacket p in packets)
            read.Add((p.Index, p.Timestamp, p.Payload.ToArray(), p.Level));
        return read;
    }
}
