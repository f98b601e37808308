using System.Net;
using System.Net.Sockets;
using Sfu.Dtls;
using Sfu.LoadTest.Handshakes;
using Sfu.LoadTest.Net;
using Sfu.LoadTest.Receiving;
using Sfu.Time;

namespace Sfu.LoadTest.Tests.Receiving;

public sealed class ReceiveThreadTests : IDisposable
{
    private const int ReceiveBufferBytes = 4 << 20;

    /// <summary>More than one batch.</summary>
    private const int Rounds = 6;

    private const int Packets = MeterHarness.SpeakerPackets;

    private readonly MeterHarness _harness = new();
    private readonly MediaClock _clock = new(TimeProvider.System);
    private readonly DtlsContext _dtls = new(DtlsCertificate.Create(DateTimeOffset.UtcNow));

    [Fact]
    public void What_waits_in_the_socket_is_received_before_the_end()
    {
        Assert.True(ClientNetwork.TryParse("127.1.0.0/16", out ClientNetwork network));
        _harness.Open(0, firstSsrc: 1_000, hasOwnTimeline: false);
        using var handshakes = new ClientHandshakes(_dtls, _clock);
        using var thread = new ReceiveThread(
            0, new ClientSocket(ReceiveBufferBytes, coalesces: false), _harness.Clients, network, _harness.Meter, handshakes, _clock);
        Send(new IPEndPoint(new IPAddress(BinaryAddress(network.AddressOf(0))), thread.Socket.Port));

        thread.Start();
        thread.Stop();

        Assert.Equal((Packets, (Rounds - 1) * Packets), (_harness.Meter.Measured.Received, _harness.Meter.Measured.Duplicated));
    }

    private void Send(IPEndPoint destination)
    {
        using var server = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        byte[][] packets = [.. Enumerable.Range(0, Packets).Select(n => _harness.Packet(0, (uint)n, ssrc: 1_000, (uint)n * 960))];
        for (int round = 0; round < Rounds; round++)
        {
            foreach (byte[] packet in packets)
                server.SendTo(packet, destination);
        }
    }

    private static byte[] BinaryAddress(uint address) => [(byte)(address >> 24), (byte)(address >> 16), (byte)(address >> 8), (byte)address];

    public void Dispose()
    {
        _dtls.Dispose();
        _harness.Dispose();
    }
}
