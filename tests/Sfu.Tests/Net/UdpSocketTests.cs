using System.Net;
using System.Net.Sockets;
using Sfu.Diagnostics;
using Sfu.Net;
using Sfu.TestKit.Diagnostics;
using Sfu.TestKit.Net;

namespace Sfu.Tests.Net;

public sealed class UdpSocketTests
{
    private const int BufferBytes = 64 * 1024;

    [Fact]
    public void Port_zero_becomes_a_port_that_the_kernel_chose()
    {
        using UdpSocket socket = Open(IPAddress.Loopback);

        Assert.NotEqual(0, socket.LocalEndPoint.Port);
        Assert.Equal(TransportAddress.From(socket.LocalEndPoint), socket.LocalAddress);
    }

    [Fact]
    public void A_port_that_is_taken_is_an_error_at_the_opening()
    {
        using UdpSocket first = Open(IPAddress.Loopback);

        SocketException error = Assert.Throws<SocketException>(() => new UdpSocket(first.LocalEndPoint, BufferBytes, BufferBytes));
        Assert.Equal(SocketError.AddressAlreadyInUse, error.SocketErrorCode);
    }

    [Fact]
    public void The_port_is_free_again_after_the_disposal()
    {
        // Another test may be given the same port in between, but not time and again.
        Assert.Contains(Enumerable.Range(0, 5), _ =>
        {
            UdpSocket first = Open(IPAddress.Loopback);
            first.Dispose();
            try
            {
                using UdpSocket second = new(first.LocalEndPoint, BufferBytes, BufferBytes);
                return second.LocalEndPoint.Equals(first.LocalEndPoint);
            }
            catch (SocketException)
            {
                return false;
            }
        });
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::")]
    public void What_routers_say_of_the_MTU_cuts_no_datagram(string address)
    {
        const int LevelIp = 0;
        const int MtuDiscover = 10;
        const int Probe = 3;
        using UdpSocket socket = Open(IPAddress.Parse(address));
        using var same = new Socket(new SafeSocketHandle(socket.Descriptor, ownsHandle: false));
        int value = 0;

        same.GetRawSocketOption(LevelIp, MtuDiscover, System.Runtime.InteropServices.MemoryMarshal.AsBytes(new Span<int>(ref value)));

        Assert.Equal(Probe, value);
    }

    [Fact]
    public void Buffers_within_the_limits_are_granted_as_asked_for()
    {
        using UdpSocket socket = new(new IPEndPoint(IPAddress.Loopback, 0), BufferBytes, 2 * BufferBytes);

        Assert.Equal(BufferBytes, socket.GrantedReceiveBuffer);
        Assert.Equal(2 * BufferBytes, socket.GrantedSendBuffer);
    }

    [Fact]
    public void Buffers_past_the_limits_are_told_as_they_are()
    {
        using UdpSocket socket = new(new IPEndPoint(IPAddress.Loopback, 0), 1 << 29, 1);

        Assert.InRange(socket.GrantedReceiveBuffer, BufferBytes, 1 << 29);
        Assert.True(socket.GrantedSendBuffer > 1, "the kernel has a minimum");
    }

    [Fact]
    public void The_any_address_of_IPv6_serves_IPv4_as_well()
    {
        SkipWithoutIPv6();
        using LoopbackPeer dual = new(IPAddress.IPv6Any);
        using LoopbackPeer old = new();
        using LoopbackPeer modern = new(IPAddress.IPv6Loopback);
        ushort port = dual.Address.Port;

        old.Send(TransportAddress.From(new IPEndPoint(IPAddress.Loopback, port)), 4);
        modern.Send(TransportAddress.From(new IPEndPoint(IPAddress.IPv6Loopback, port)), 6);
        byte[] received = [.. dual.Receive(2).Select(datagram => datagram[0]).Order()];
        dual.Send(old.Address, 44);
        dual.Send(modern.Address, 66);

        Assert.Equal([4, 6], received);
        Assert.Equal([44], old.Receive(1)[0]);
        Assert.Equal([66], modern.Receive(1)[0]);
    }

    [Fact]
    public void Another_IPv6_address_does_not_serve_IPv4()
    {
        SkipWithoutIPv6();
        using UdpSocket modern = Open(IPAddress.IPv6Loopback);
        using LoopbackPeer old = new();
        DropCounters drops = new();
        SendRing ring = new([modern], new SocketCounters(), drops, new RecordingLogger());

        ring.Reserve(1)[0] = 1;
        ring.Commit(new NetworkPath(0, old.Address), 1, 1);
        ring.Flush();

        Assert.Equal(1, drops[DropReason.SendFailed]);
    }

    [Fact]
    public void A_refusal_of_segmentation_is_remembered_with_its_errno()
    {
        using UdpSocket socket = Open(IPAddress.Loopback);
        Assert.True(socket.Segments, "every Linux since 4.18 can");

        socket.RefuseSegmentation(5);

        Assert.False(socket.Segments);
        Assert.Equal(5, socket.SegmentationErrno);
    }

    internal static void SkipWithoutIPv6() =>
        Assert.SkipUnless(Socket.OSSupportsIPv6, "This machine has no IPv6.");

    private static UdpSocket Open(IPAddress address) => new(new IPEndPoint(address, 0), BufferBytes, BufferBytes);
}
