using Sfu.Diagnostics;
using Sfu.Rtp;
using Sfu.TestKit.Rtp;

namespace Sfu.Tests.Rtp;

public sealed class RtpHeaderWriterTests
{
    [Theory]
    [InlineData(true, 111, 0, 0u, 1, 0, true)]
    [InlineData(false, 63, 65_535, 0xFFFF_FFFFu, 14, 127, false)]
    public void A_slot_header_is_what_an_independent_builder_makes(
        bool marker, byte payloadType, int sequenceNumber, uint timestamp, byte extensionId, byte level, bool voice)
    {
        byte[] expected = new RtpBuilder()
        {
            Marker = marker,
            PayloadType = payloadType,
            SequenceNumber = (ushort)sequenceNumber,
            Timestamp = timestamp,
            Ssrc = 0x5F55_0001,
        }.WithCsrcs(0xDEAD_BEEF).WithAudioLevel(extensionId, level, voice).Build();
        byte[] header = new byte[RtpHeaderWriter.SlotHeaderLength];
        header.AsSpan().Fill(0xEE);

        RtpHeaderWriter.WriteSlot(
            header, marker, payloadType, (ushort)sequenceNumber, timestamp, 0x5F55_0001, 0xDEAD_BEEF, extensionId, new AudioLevel(level, voice));

        Assert.Equal(expected, header);
        Assert.Equal(DropReason.None, RtpHeader.TryRead(header, out RtpHeader read));
        Assert.Equal(RtpHeaderWriter.SlotHeaderLength, read.Length);
    }

    [Fact]
    public void Nothing_beyond_the_header_is_written()
    {
        byte[] buffer = new byte[RtpHeaderWriter.SlotHeaderLength + 2];
        buffer.AsSpan().Fill(0xEE);

        RtpHeaderWriter.WriteSlot(buffer, true, 111, 1, 2, 3, 4, 1, AudioLevel.Silence);

        Assert.Equal([0xEE, 0xEE], buffer[RtpHeaderWriter.SlotHeaderLength..]);
    }

    [Fact]
    public void The_offsets_point_at_the_fields()
    {
        byte[] header = new byte[RtpHeaderWriter.SlotHeaderLength];

        RtpHeaderWriter.WriteSlot(header, false, 111, 0x0102, 0x03040506, 0x0708090A, 0x0B0C0D0E, 1, new AudioLevel(5, true));

        Assert.Equal([1, 2], header[RtpHeaderWriter.SequenceNumberOffset..][..2]);
        Assert.Equal([3, 4, 5, 6], header[RtpHeaderWriter.TimestampOffset..][..4]);
        Assert.Equal([7, 8, 9, 10], header[RtpHeaderWriter.SsrcOffset..][..4]);
        Assert.Equal([11, 12, 13, 14], header[RtpHeaderWriter.CsrcOffset..][..4]);
        Assert.Equal(0x85, header[RtpHeaderWriter.AudioLevelOffset]);
    }

    [Fact]
    public void Patching_changes_the_sequence_number_and_nothing_else()
    {
        byte[] packet = new RtpBuilder { SequenceNumber = 1 }.WithCsrcs(9).WithPayload(1, 2, 3).Build();
        byte[] expected = new RtpBuilder { SequenceNumber = 0xABCD }.WithCsrcs(9).WithPayload(1, 2, 3).Build();

        RtpHeaderWriter.PatchSequenceNumber(packet, 0xABCD);

        Assert.Equal(expected, packet);
    }
}
