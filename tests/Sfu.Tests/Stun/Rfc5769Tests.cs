using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Sfu.Diagnostics;
using Sfu.Net;
using Sfu.Stun;
using Sfu.TestKit.Stun;

namespace Sfu.Tests.Stun;

public sealed class Rfc5769Tests
{
    private static readonly byte[] Key = Encoding.ASCII.GetBytes(Rfc5769.Password);

    [Fact]
    public void The_sample_request_is_read()
    {
        Assert.Equal(DropReason.None, StunMessage.TryRead(Rfc5769.Request, out StunMessage message));

        Assert.Equal(StunMessageType.BindingRequest, message.Type);
        Assert.Equal(Convert.FromHexString("b7e7a701bc34d686fa87dfae"), message.TransactionId);
        Assert.Equal(Rfc5769.Username, Encoding.ASCII.GetString(message.Username));
        Assert.Equal(0x6E0001FFu, message.Priority);
        Assert.Equal(0x932FF9B151263B36u, message.IceControlled);
        Assert.Null(message.IceControlling);
        Assert.False(message.UseCandidate);
        Assert.True(message.HasFingerprint);
        Assert.False(message.HasUnknownRequired);
        Assert.True(message.HasValidIntegrity(Key));
        Assert.False(message.HasValidIntegrity("VOkJxbRl1RmTxUk/WvJxBu"u8));
    }

    [Fact]
    public void The_sample_IPv4_response_is_read() => CheckResponse(Rfc5769.IPv4Response, "192.0.2.1");

    [Fact]
    public void The_sample_IPv6_response_is_read() =>
        CheckResponse(Rfc5769.IPv6Response, "2001:db8:1234:5678:11:2233:4455:6677");

    [Fact]
    [SuppressMessage("Security", "CA5351", Justification = "The key of the sample is defined so.")]
    public void The_sample_request_with_long_term_credentials_is_read()
    {
        byte[] key = MD5.HashData(Encoding.UTF8.GetBytes(Rfc5769.LongTermKeyInput));

        Assert.Equal(DropReason.None, StunMessage.TryRead(Rfc5769.LongTermRequest, out StunMessage message));

        Assert.False(message.HasFingerprint);
        Assert.True(message.HasValidIntegrity(key));
        Assert.Equal("マトリックス", Encoding.UTF8.GetString(message.Username));
    }

    [Theory]
    [InlineData("192.0.2.1", "0001a147e112a643")]
    [InlineData("2001:db8:1234:5678:11:2233:4455:6677", "0002a1470113a9faa5d3f179bc25f4b5bed2b9d9")]
    public void Mapped_addresses_are_written_as_in_the_sample_responses(string address, string expected)
    {
        var buffer = new byte[100];
        var writer = new StunWriter(
            buffer, StunMessageType.BindingSuccessResponse, Convert.FromHexString("b7e7a701bc34d686fa87dfae"));
        writer.WriteXorMappedAddress(TransportAddress.From(new IPEndPoint(IPAddress.Parse(address), 32853)));

        Assert.Equal(expected, Convert.ToHexStringLower(buffer.AsSpan(24..writer.Length)));
    }

    private static void CheckResponse(byte[] response, string address)
    {
        Assert.Equal(DropReason.None, StunMessage.TryRead(response, out StunMessage message));

        Assert.Equal(StunMessageType.BindingSuccessResponse, message.Type);
        Assert.Equal(new IPEndPoint(IPAddress.Parse(address), 32853), message.XorMappedAddress.ToIPEndPoint());
        Assert.True(message.HasFingerprint);
        Assert.True(message.HasValidIntegrity(Key));
    }
}
