using Sfu.Diagnostics;
using Sfu.Net;
using Sfu.Stun;

namespace Sfu.Tests.Stun;

public sealed class StunWriterTests
{
    private static readonly byte[] Transaction = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];

    [Fact]
    public void An_error_response_has_the_bytes_of_the_RFC()
    {
        var buffer = new byte[64];
        buffer.AsSpan().Fill(0xEE);
        var writer = new StunWriter(buffer, StunMessageType.BindingErrorResponse, Transaction);
        writer.WriteErrorCode(StunErrorCode.UnknownAttribute);
        writer.WriteUnknownAttributes([0x7FFF, 0x0003, 0x0004]);

        Assert.Equal(
            "011100142112a4420102030405060708090a0b0c" + "0009000400000414" + "000a00067fff000300040000",
            Convert.ToHexStringLower(buffer.AsSpan(0, writer.Length)));
        Assert.Equal(DropReason.None, StunMessage.TryRead(buffer.AsSpan(0, writer.Length), out StunMessage message));
        Assert.Equal(420, message.ErrorCode);
    }

    [Fact]
    public void A_request_has_the_bytes_of_the_RFC()
    {
        var buffer = new byte[128];
        var writer = new StunWriter(buffer, StunMessageType.BindingRequest, Transaction);
        writer.WriteUsername("evtj"u8, "h6vYz"u8);
        writer.WritePriority(0x6E0001FF);
        writer.WriteIceControlling(0x932FF9B151263B36);
        writer.WriteUseCandidate();
        writer.WriteAttribute(StunAttributeType.Software, "sfu"u8);

        Assert.Equal(
            "000100302112a4420102030405060708090a0b0c" + "0006000a6576746a3a68367659" + "7a0000" + "002400046e0001ff"
                + "802a0008932ff9b151263b36" + "00250000" + "8022000373667500",
            Convert.ToHexStringLower(buffer.AsSpan(0, writer.Length)));
    }

    [Fact]
    public void Padding_does_not_keep_what_the_buffer_held()
    {
        var buffer = new byte[64];
        buffer.AsSpan().Fill(0xEE);
        var writer = new StunWriter(buffer, StunMessageType.BindingRequest, Transaction);
        writer.WriteAttribute(StunAttributeType.Software, "s"u8);

        Assert.Equal("8022000173000000", Convert.ToHexStringLower(buffer.AsSpan(20..writer.Length)));
    }

    [Fact]
    public void Addresses_come_back()
    {
        TransportAddress[] addresses =
        [
            TransportAddress.FromIPv4(0xC0000201, 1),
            TransportAddress.FromIPv4(0xFFFFFFFF, 65535),
            new TransportAddress(Convert.FromHexString("20010db8123456780011223344556677"), 443),
        ];
        foreach (TransportAddress address in addresses)
        {
            var buffer = new byte[64];
            var writer = new StunWriter(buffer, StunMessageType.BindingSuccessResponse, Transaction);
            writer.WriteXorMappedAddress(address);
            Assert.Equal(DropReason.None, StunMessage.TryRead(buffer.AsSpan(0, writer.Length), out StunMessage message));
            Assert.Equal(address, message.XorMappedAddress);
        }
    }

    [Fact]
    public void Too_short_a_buffer_is_the_callers_error()
    {
        Assert.ThrowsAny<ArgumentException>(static () =>
        {
            var writer = new StunWriter(new byte[27], StunMessageType.BindingRequest, Transaction);
            writer.WritePriority(1);
        });
    }
}
