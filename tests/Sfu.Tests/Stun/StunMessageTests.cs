using System.Buffers.Binary;
using System.Text;
using Sfu.Diagnostics;
using Sfu.Ice;
using Sfu.Stun;
using Sfu.TestKit.Ice;
using Sfu.TestKit.Stun;

namespace Sfu.Tests.Stun;

public sealed class StunMessageTests
{
    private static readonly IceCredentials Server = new("server01", "password-of-the-server");
    private static readonly IceCredentials Client = new("client01", "password-of-the-client");
    private static readonly byte[] Key = Encoding.ASCII.GetBytes(Server.Password);

    private static IceCheck Check => new(Server, Client);

    [Fact]
    public void What_is_written_is_read()
    {
        byte[] datagram = (Check with { UseCandidate = true, Controlling = 0x0102030405060708, Controlled = 9 }).ToBytes();

        Assert.Equal(DropReason.None, StunMessage.TryRead(datagram, out StunMessage message));

        Assert.Equal(StunMessageType.BindingRequest, message.Type);
        Assert.Equal("server01:client01"u8, message.Username);
        Assert.Equal(0x6E0001FFu, message.Priority);
        Assert.Equal(0x0102030405060708u, message.IceControlling);
        Assert.Equal(9u, message.IceControlled);
        Assert.True(message.UseCandidate);
        Assert.True(message.HasFingerprint);
        Assert.True(message.HasValidIntegrity(Key));
    }

    [Fact]
    public void Absent_attributes_are_absent()
    {
        byte[] datagram = Header(length: 0);

        Assert.Equal(DropReason.None, StunMessage.TryRead(datagram, out StunMessage message));

        Assert.True(message.Username.IsEmpty);
        Assert.Null(message.Priority);
        Assert.Null(message.IceControlling);
        Assert.Null(message.IceControlled);
        Assert.False(message.UseCandidate);
        Assert.False(message.HasFingerprint);
        Assert.False(message.HasIntegrity);
        Assert.False(message.HasValidIntegrity(Key));
        Assert.Equal(0, message.ErrorCode);
        Assert.True(message.XorMappedAddress.IsEmpty);
    }

    [Fact]
    public void A_datagram_shorter_than_the_header_is_malformed()
    {
        for (int length = 0; length < 20; length++)
            Assert.Equal(DropReason.StunMalformed, Read(Rfc5769.Request.AsSpan(0, length)));
    }

    [Fact]
    public void Each_cut_of_a_message_is_malformed()
    {
        for (int length = 0; length < Rfc5769.Request.Length; length++)
            Assert.Equal(DropReason.StunMalformed, Read(Rfc5769.Request.AsSpan(0, length)));
    }

    [Fact]
    public void Bytes_behind_the_message_are_malformed() =>
        Assert.Equal(DropReason.StunMalformed, Read([.. Rfc5769.Request, 0, 0, 0, 0]));

    [Fact]
    public void A_wrong_cookie_is_malformed()
    {
        byte[] datagram = Header(length: 0);
        datagram[4] ^= 1;
        Assert.Equal(DropReason.StunMalformed, Read(datagram));
    }

    [Fact]
    public void The_two_upper_bits_must_be_zero()
    {
        byte[] datagram = Header(length: 0);
        datagram[0] |= 0x40;
        Assert.Equal(DropReason.StunMalformed, Read(datagram));
    }

    [Theory]
    [InlineData("00240003AABBCC00")] // PRIORITY of three bytes
    [InlineData("002500040000AAAA")] // USE-CANDIDATE with a value
    [InlineData("80290004AAAAAAAA")] // ICE-CONTROLLED of four bytes
    [InlineData("802A000CAAAAAAAAAAAAAAAAAAAAAAAA")] // ICE-CONTROLLING of twelve
    [InlineData("00080004AAAAAAAA")] // MESSAGE-INTEGRITY of four
    [InlineData("802800020000AAAA")] // FINGERPRINT of two
    [InlineData("00200008000200010A000001")] // XOR-MAPPED-ADDRESS: IPv6 of four bytes
    [InlineData("0020000400010001")] // XOR-MAPPED-ADDRESS without an address
    [InlineData("0009000300000400")] // ERROR-CODE of three
    [InlineData("00060005AAAAAAAA")] // longer than what is left
    [InlineData("0006FFFFAAAAAAAA")]
    [InlineData("8022")] // no whole header
    [InlineData("80220001AA")] // without its padding
    [InlineData("80220001AA000000AA")]
    public void An_attribute_of_a_wrong_length_is_malformed(string attribute)
    {
        byte[] bytes = Convert.FromHexString(attribute);
        Assert.Equal(DropReason.StunMalformed, Read([.. Header(bytes.Length), .. bytes]));
    }

    [Fact]
    public void A_wrong_fingerprint_is_told()
    {
        byte[] datagram = [.. Rfc5769.Request];
        datagram[^1] ^= 1;
        Assert.Equal(DropReason.StunBadFingerprint, Read(datagram));
    }

    [Fact]
    public void Nothing_may_follow_the_fingerprint()
    {
        byte[] datagram = (Check with { Trailing = [(0x8028, [0, 0, 0, 0])] }).ToBytes();
        Assert.NotEqual(DropReason.None, Read(datagram));

        var buffer = new byte[64];
        var writer = new StunWriter(buffer, StunMessageType.BindingRequest, new byte[12]);
        writer.WriteFingerprint();
        writer.WriteUseCandidate();
        BinaryPrimitives.WriteUInt32BigEndian(buffer.AsSpan(24), Crc32.Compute(buffer.AsSpan(0, 20)) ^ 0x5354554E);
        Assert.Equal(DropReason.StunMalformed, Read(buffer.AsSpan(0, writer.Length)));
    }

    [Fact]
    public void Each_changed_bit_breaks_the_integrity()
    {
        byte[] datagram = (Check with { HasFingerprint = false }).ToBytes();
        for (int bit = 0; bit < datagram.Length * 8; bit++)
        {
            datagram[bit / 8] ^= (byte)(1 << (bit % 8));
            bool accepted = StunMessage.TryRead(datagram, out StunMessage message) == DropReason.None
                && message.HasValidIntegrity(Key);
            datagram[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(accepted, $"bit {bit}");
        }
    }

    [Fact]
    public void What_follows_the_integrity_is_not_seen()
    {
        byte[] datagram = (Check with
        {
            Controlling = null,
            Trailing =
            [
                ((ushort)StunAttributeType.UseCandidate, []),
                ((ushort)StunAttributeType.IceControlled, new byte[8]),
                ((ushort)StunAttributeType.MessageIntegritySha256, new byte[32]),
                (0x7777, []),
            ],
        }).ToBytes();

        Assert.Equal(DropReason.None, StunMessage.TryRead(datagram, out StunMessage message));

        Assert.False(message.UseCandidate);
        Assert.Null(message.IceControlled);
        Assert.False(message.HasUnknownRequired);
        Assert.True(message.HasFingerprint);
        Assert.True(message.HasValidIntegrity(Key));
    }

    [Fact]
    public void An_integrity_behind_the_other_integrity_does_not_count()
    {
        byte[] datagram = (Check with { Extra = [((ushort)StunAttributeType.MessageIntegritySha256, new byte[32])] }).ToBytes();
        Assert.Equal(DropReason.None, StunMessage.TryRead(datagram, out StunMessage message));
        Assert.False(message.HasValidIntegrity(Key));
    }

    [Fact]
    public void Of_two_attributes_of_one_type_the_first_counts()
    {
        byte[] datagram = (Check with
        {
            Extra =
            [
                ((ushort)StunAttributeType.Username, "other:one"u8.ToArray()),
                ((ushort)StunAttributeType.Priority, new byte[4]),
                ((ushort)StunAttributeType.IceControlling, new byte[8]),
            ],
        }).ToBytes();

        Assert.Equal(DropReason.None, StunMessage.TryRead(datagram, out StunMessage message));

        Assert.Equal("server01:client01"u8, message.Username);
        Assert.Equal(0x6E0001FFu, message.Priority);
        Assert.Equal(77u, message.IceControlling);
    }

    [Fact]
    public void Unknown_comprehension_required_attributes_are_listed()
    {
        byte[] datagram = (Check with
        {
            Extra = [(0x7FFF, [1]), (0x8000, [2]), (0x0003, []), (0xC057, [1, 2, 3, 4])],
            Trailing = [(0x0002, [])],
        }).ToBytes();
        var types = new ushort[4];

        Assert.Equal(DropReason.None, StunMessage.TryRead(datagram, out StunMessage message));

        Assert.True(message.HasUnknownRequired);
        Assert.Equal(2, message.CopyUnknownRequired(types));
        Assert.Equal([0x7FFF, 0x0003], types[..2]);
        Assert.Equal(1, message.CopyUnknownRequired(types.AsSpan(0, 1)));
    }

    [Fact]
    public void The_longest_message_is_read_and_a_longer_one_is_malformed()
    {
        byte[] longest = [.. Header(StunMessage.MaxLength - 20), 0x80, 0x22, 0x05, 0xC4, .. new byte[1476]];
        Assert.Equal(StunMessage.MaxLength, longest.Length);
        Assert.Equal(DropReason.None, Read(longest));

        byte[] longer = [.. Header(StunMessage.MaxLength - 16), 0x80, 0x22, 0x05, 0xC8, .. new byte[1480]];
        Assert.Equal(DropReason.StunMalformed, Read(longer));
    }

    private static DropReason Read(ReadOnlySpan<byte> datagram) => StunMessage.TryRead(datagram, out _);

    private static byte[] Header(int length)
    {
        var header = new byte[20];
        _ = new StunWriter(header, StunMessageType.BindingRequest, new byte[12]);
        BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(2), (ushort)length);
        return header;
    }
}
