using Sfu.Diagnostics;
using Sfu.Rtcp;

namespace Sfu.Tests.Rtcp;

public sealed class RtcpReaderTests
{
    private const string EmptyReceiverReport = "80C9000100000007";
    private const string Unknown = "85DC0002" + "0102030405060708";

    [Fact]
    public void A_compound_packet_is_cut_into_its_packets()
    {
        byte[] compound = Convert.FromHexString(EmptyReceiverReport + Unknown + "81CB000100000009");

        Assert.Equal(DropReason.None, RtcpReader.TryRead(compound, out RtcpReader reader));

        Assert.Equal(["ReceiverReport 0 00000007", "220 5 0102030405060708", "Goodbye 1 00000009"], Packets(reader));
    }

    [Fact]
    public void A_reduced_size_packet_may_start_with_feedback()
    {
        byte[] nack = Convert.FromHexString("81CD0003" + "00000001" + "00000002" + "00050000");

        Assert.Equal(DropReason.None, RtcpReader.TryRead(nack, out RtcpReader reader));

        Assert.Single(Packets(reader));
    }

    [Theory]
    [InlineData("")]
    [InlineData("80")]
    [InlineData("80C900")]
    [InlineData("80C90001000000")]
    [InlineData(EmptyReceiverReport + "80C9")]
    [InlineData(EmptyReceiverReport + "80C90002" + "00000007")]
    [InlineData("80C9FFFF" + "00000007")]
    public void Bytes_that_are_cut_off_are_malformed(string hex)
    {
        Assert.Equal(DropReason.RtcpMalformed, RtcpReader.TryRead(Convert.FromHexString(hex), out _));
    }

    [Theory]
    [InlineData("00C9000100000007")]
    [InlineData("40C9000100000007")]
    [InlineData(EmptyReceiverReport + "C0C9000100000007")]
    public void Another_version_is_malformed_wherever_it_is(string hex)
    {
        Assert.Equal(DropReason.RtcpMalformed, RtcpReader.TryRead(Convert.FromHexString(hex), out _));
    }

    [Fact]
    public void Padding_of_the_last_packet_is_cut_off()
    {
        byte[] compound = Convert.FromHexString(EmptyReceiverReport + "A0C90003" + "00000007" + "0000000000000008");

        Assert.Equal(DropReason.None, RtcpReader.TryRead(compound, out RtcpReader reader));

        Assert.Equal(["ReceiverReport 0 00000007", "ReceiverReport 0 00000007"], Packets(reader));
    }

    [Theory]
    [InlineData("A0C90001" + "00000000")]
    [InlineData("A0C90001" + "00000003")]
    [InlineData("A0C90001" + "00000008")]
    [InlineData("A0C90000")]
    [InlineData("A0C90001" + "00000004" + EmptyReceiverReport)]
    public void Padding_of_no_whole_words_or_too_many_or_in_the_middle_is_malformed(string hex)
    {
        Assert.Equal(DropReason.RtcpMalformed, RtcpReader.TryRead(Convert.FromHexString(hex), out _));
    }

    [Fact]
    public void An_unset_reader_has_no_packets()
    {
        RtcpReader reader = default;

        Assert.False(reader.MoveNext());
    }

    private static List<string> Packets(RtcpReader reader)
    {
        var packets = new List<string>();
        foreach (RtcpPacket packet in reader)
            packets.Add($"{packet.Type} {packet.Count} {Convert.ToHexString(packet.Body)}");
        return packets;
    }
}
