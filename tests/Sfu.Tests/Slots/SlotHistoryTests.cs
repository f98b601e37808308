using Sfu.Diagnostics;
using Sfu.Rtp;
using Sfu.Slots;
using Sfu.Time;

namespace Sfu.Tests.Slots;

public sealed class SlotHistoryTests
{
    private readonly SlotHistory _history = new();

    [Fact]
    public void A_kept_packet_is_complete_but_for_its_sequence_number()
    {
        var header = new SlotPacketHeader(1, 77, 123_456, 0xABCD, true, new AudioLevel(22, true), default);

        _history.Append(header, [1, 2, 3]);

        ref readonly SlotEntry entry = ref _history[0];
        Assert.Equal(DropReason.None, RtpPacket.TryRead(_history.Read(entry), out RtpPacket packet));
        Assert.Equal(77, entry.Index);
        Assert.Equal(0xABCDu, entry.Csrc);
        Assert.Equal(MediaConstants.SlotSsrc(1), packet.Ssrc);
        Assert.Equal(MediaConstants.OpusPayloadType, packet.PayloadType);
        Assert.Equal(123_456u, packet.Timestamp);
        Assert.Equal(0xABCDu, packet.GetCsrc(0));
        Assert.True(packet.Marker);
        Assert.Equal(0, packet.SequenceNumber);
        Assert.True(packet.TryGetAudioLevel(MediaConstants.AudioLevelExtensionId, out AudioLevel level));
        Assert.Equal(new AudioLevel(22, true), level);
        Assert.Equal([1, 2, 3], packet.Payload.ToArray());
    }

    [Fact]
    public void Nothing_is_kept_at_first()
    {
        Assert.Equal(0, _history.Oldest);
        Assert.Equal(0, _history.Next);
    }

    [Fact]
    public void Small_packets_are_kept_up_to_the_number_of_entries()
    {
        for (int i = 0; i < SlotHistory.MaxEntries + 10; i++)
            Append(i, 50);

        Assert.Equal(SlotHistory.MaxEntries + 10, _history.Next);
        Assert.Equal(10, _history.Oldest);
    }

    [Fact]
    public void Large_packets_push_out_as_many_as_they_need_room()
    {
        for (int i = 0; i < 100; i++)
            Append(i, MediaConstants.MaxPayload);

        Assert.InRange(_history.Next - _history.Oldest, 13, 14);
    }

    [Fact]
    public void Whatever_the_sizes_the_kept_packets_are_whole()
    {
        var random = new Random(7);
        var sent = new List<byte[]>();
        for (int i = 0; i < 20_000; i++)
        {
            int longest = random.Next(4) == 0 ? MediaConstants.MaxPayload : 200;
            byte[] payload = new byte[random.Next(1, longest + 1)];
            random.NextBytes(payload);
            sent.Add(payload);
            _history.Append(Header(i, (uint)i), payload);

            Assert.Equal(sent.Count, _history.Next);
            Assert.InRange(_history.Next - _history.Oldest, 1, SlotHistory.MaxEntries);
            for (long position = _history.Oldest; position < _history.Next; position++)
            {
                ref readonly SlotEntry entry = ref _history[position];
                Assert.Equal(position, entry.Index);
                Assert.True(_history.Read(entry)[RtpHeaderWriter.SlotHeaderLength..].SequenceEqual(sent[(int)position]));
            }
        }
    }

    [Fact]
    public void The_slots_time_is_projected_from_its_newest_packet_not_from_a_late_one()
    {
        var at = new Instant(5_000_000);
        _history.Append(Header(10, 48_000) with { Arrival = at }, [0]);
        _history.Append(Header(9, 47_040) with { Arrival = at + TimeSpan.FromMilliseconds(70) }, [0]);

        Assert.Equal(48_000u + 4_800, _history.TimestampAt(at + TimeSpan.FromMilliseconds(100)));
        Assert.Equal(10, _history.Highest);
    }

    private void Append(long index, int length) => _history.Append(Header(index, 0), new byte[length]);

    private static SlotPacketHeader Header(long index, uint timestamp) => new(0, index, timestamp, 1, false, default, default);
}
