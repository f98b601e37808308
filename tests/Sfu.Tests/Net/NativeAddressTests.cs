using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using Sfu.Net;
using Sfu.Net.Interop;

namespace Sfu.Tests.Net;

public sealed class NativeAddressTests
{
    [Theory]
    [InlineData("192.0.2.7", 4711)]
    [InlineData("2001:db8::7", 4711)]
    [InlineData("fe80::7%2", 65535)]
    public void The_bytes_are_those_of_the_system(string text, int port)
    {
        IPEndPoint endPoint = new(IPAddress.Parse(text), port);
        int family = endPoint.AddressFamily == AddressFamily.InterNetwork
            ? SocketConstants.FamilyInet : SocketConstants.FamilyInet6;
        byte[] native = new byte[NativeAddress.MaxLength];
        native.AsSpan().Fill(0xEE);

        int length = NativeAddress.Write(TransportAddress.From(endPoint), family, native);

        SocketAddress expected = endPoint.Serialize();
        Assert.Equal(expected.Size, length);
        Assert.Equal(expected.Buffer[..length].ToArray(), native[..length]);
        Assert.Equal(TransportAddress.From(endPoint), NativeAddress.Read(native.AsSpan(0, length)));
    }

    [Fact]
    public void IPv4_goes_through_an_IPv6_socket_mapped()
    {
        TransportAddress address = TransportAddress.FromIPv4(0xC000_0207, 9);
        byte[] native = new byte[NativeAddress.MaxLength];

        int length = NativeAddress.Write(address, SocketConstants.FamilyInet6, native);

        Assert.Equal(NativeAddress.MaxLength, length);
        Assert.Equal(address, NativeAddress.Read(native));
    }

    [Fact]
    public void An_IPv4_socket_cannot_reach_IPv6()
    {
        TransportAddress address = TransportAddress.From(new IPEndPoint(IPAddress.IPv6Loopback, 9));

        Assert.Equal(0, NativeAddress.Write(address, SocketConstants.FamilyInet, new byte[NativeAddress.MaxLength]));
    }

    [Fact]
    public void What_is_short_or_of_another_family_is_the_empty_address()
    {
        byte[] native = new byte[NativeAddress.MaxLength];
        NativeAddress.Write(TransportAddress.FromIPv4(1, 9), SocketConstants.FamilyInet6, native);

        for (int length = 0; length < NativeAddress.MaxLength; length++)
            Assert.True(NativeAddress.Read(native.AsSpan(0, length)).IsEmpty);
        native[0] = 1; // AF_UNIX
        Assert.True(NativeAddress.Read(native).IsEmpty);
    }

    [Fact]
    public unsafe void Native_structures_have_the_sizes_of_64_bit_Linux()
    {
        Assert.Equal(64, sizeof(MessageHeader));
        Assert.Equal(16, sizeof(IoVector));
        Assert.Equal(24, sizeof(SegmentControl));
        MessageHeader header = default;
        Assert.Equal(56, (int)Unsafe.ByteOffset(ref Unsafe.As<MessageHeader, byte>(ref header), ref Unsafe.As<uint, byte>(ref header.Transferred)));
    }
}
