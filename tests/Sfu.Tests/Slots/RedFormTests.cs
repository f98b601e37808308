using CsCheck;
using Sfu.Diagnostics;
using Sfu.Rtp;
using Sfu.Slots;
using Sfu.TestKit.Rtp;
using Sfu.Time;

namespace Sfu.Tests.Slots;

public sealed class RedFormTests
{
    private const uint Samples = 960;

    private readonly SlotHistory _history = new() { BuildsRed = true };
    private readonly Dictionary<uint, byte[]> _sent = [];

    [Fact]
    public void Nothing_rides_along_with_the_first_packet() =>
        Assert.Equal(SlotForm.Opus, _history[Append(10, 40)].BestForm);

    [Fact]
    public void The_two_frames_before_ride_along_oldest_first()
    {
        Append(10, 40);
        Append(11, 50);
        long third = Append(12, 60);

        ref readonly SlotEntry entry = ref _history[third];
        Assert.Equal(DropReason.None, RtpPacket.TryRead(_history.Read(entry, SlotForm.Red), out RtpPacket packet));
        Assert.Equal(MediaConstants.RedPayloadType, packet.PayloadType);
        Assert.Equal(12 * Samples, packet.Timestamp);
        Assert.Equal(MediaConstants.SlotSsrc(0), packet.Ssrc);
        Assert.Equal(7u, packet.GetCsrc(0));
        Assert.True(packet.TryGetAudioLevel(MediaConstants.AudioLevelExtensionId, out _));
        Assert.Equal([(111, 1_920, 40), (111, 960, 50), (111, 0, 60)], Blocks(third).Select(b => (b.PayloadType, b.TimestampOffset, b.Data.Length)));
        CheckBlocks(third);
    }

    [Fact]
    public void The_plain_form_stays_as_it_was()
    {
        Append(10, 40);
        long second = Append(11, 50);

        Assert.Equal(DropReason.None, RtpPacket.TryRead(_history.Read(_history[second]), out RtpPacket packet));
        Assert.Equal(MediaConstants.OpusPayloadType, packet.PayloadType);
        Assert.Equal(_sent[11 * Samples], packet.Payload.ToArray());
    }

    [Fact]
    public void Over_a_hole_the_frame_before_it_rides_along()
    {
        Append(10, 40);
        long afterHole = Append(12, 60);

        Assert.Equal([1_920, 0], Blocks(afterHole).Select(b => b.TimestampOffset));
    }

    [Fact]
    public void What_was_overtaken_on_the_way_up_rides_with_the_next()
    {
        Append(10, 40);
        Append(12, 60);
        Append(11, 50);
        long next = Append(13, 70);

        Assert.Equal([1_920, 960, 0], Blocks(next).Select(b => b.TimestampOffset));
        CheckBlocks(next);
    }

    [Fact]
    public void Another_speakers_frames_never_ride_along()
    {
        Append(10, 40, csrc: 1);
        Append(11, 40, csrc: 1);
        Assert.Equal(SlotForm.Opus, _history[Append(12, 40, csrc: 2)].BestForm);
        Assert.Equal([960, 0], Blocks(Append(13, 40, csrc: 2)).Select(b => b.TimestampOffset));
    }

    [Theory]
    [InlineData(16_383, true)]
    [InlineData(16_384, false)]
    public void What_is_older_than_14_bits_can_tell_does_not(uint age, bool rides)
    {
        Append(10, 40, timestamp: 1_000);
        long second = Append(11, 40, timestamp: 1_000 + age);

        Assert.Equal(rides ? SlotForm.Red : SlotForm.Opus, _history[second].BestForm);
    }

    [Theory]
    [InlineData(1_023, 50, 2)]
    [InlineData(1_024, 50, 1)]
    [InlineData(600, 495, 2)]
    [InlineData(600, 496, 1)]
    public void A_block_fits_10_bits_and_the_payload_a_datagram(int older, int newer, int blocks)
    {
        Append(10, older);
        long second = Append(11, newer);

        ref readonly SlotEntry entry = ref _history[second];
        Assert.Equal(blocks == 1 ? SlotForm.Opus : SlotForm.Red, entry.BestForm);
        Assert.InRange(entry.RedLength, 0, RtpHeaderWriter.SlotHeaderLength + MediaConstants.MaxPayload);
    }

    [Fact]
    public void Forms_are_built_only_while_they_are_wanted()
    {
        _history.BuildsRed = false;
        Append(10, 40);
        long without = Append(11, 40);
        _history.BuildsRed = true;
        long with = Append(12, 40);

        Assert.Equal(SlotForm.Opus, _history[without].BestForm);
        Assert.Equal(3, Blocks(with).Count);
    }

    [Fact]
    public void Whatever_comes_all_that_is_kept_stays_whole_in_both_forms()
    {
        Gen<(int Step, int Size, int Speaker, bool Red)> packet = Gen.Select(
            Gen.Int[-2, 3],
            Gen.Frequency((6, Gen.Int[1, 160]), (1, Gen.Int[900, MediaConstants.MaxPayload])),
            Gen.Int[1, 2],
            Gen.Frequency((9, Gen.Const(true)), (1, Gen.Const(false))));
        packet.Array[1, 300].Sample(packets =>
        {
            var test = new RedFormTests();
            long index = 100;
            foreach ((int step, int size, int speaker, bool red) in packets)
            {
                index += step == 0 ? 1 : step;
                if (test._sent.ContainsKey((uint)index * Samples))
                    continue;
                test._history.BuildsRed = red;
                test.Append(index, size, (uint)speaker);
                for (long kept = test._history.Oldest; kept < test._history.Next; kept++)
                    test.Check(kept);
            }
        });
    }

    private void Check(long position)
    {
        ref readonly SlotEntry entry = ref _history[position];
        Assert.Equal(DropReason.None, RtpPacket.TryRead(_history.Read(entry), out RtpPacket packet));
        Assert.Equal(_sent[packet.Timestamp], packet.Payload.ToArray());
        if (entry.BestForm == SlotForm.Red)
            CheckBlocks(position);
    }

    /// <summary>Each block is the frame that was sent for its time.</summary>
    private void CheckBlocks(long position)
    {
        uint timestamp = RtpHeaderWriter.TimestampOf(_history.Read(_history[position], SlotForm.Red));
        foreach ((int payloadType, int offset, byte[] data) in Blocks(position))
        {
            Assert.Equal(MediaConstants.OpusPayloadType, payloadType);
            Assert.Equal(_sent[timestamp - (uint)offset], data);
        }
    }

    private List<(int PayloadType, int TimestampOffset, byte[] Data)> Blocks(long position)
    {
        ref readonly SlotEntry entry = ref _history[position];
        return Rfc2198.Read(_history.Read(entry, SlotForm.Red)[RtpHeaderWriter.SlotHeaderLength..].ToArray());
    }

    private long Append(long index, int size, uint csrc = 7, uint? timestamp = null)
    {
        uint time = timestamp ?? (uint)index * Samples;
        byte[] payload = new byte[size];
        new Random((int)index).NextBytes(payload);
        _sent[time] = payload;
        _history.Append(new SlotPacketHeader(0, index, time, csrc, false, new AudioLevel(30, true), default(Instant)), payload);
        return _history.Next - 1;
    }
}
