using System.Net;
using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.Logging.Abstractions;
using Sfu.Diagnostics;
using Sfu.Microbenchmarks.Rooms;
using Sfu.Microbenchmarks.Support;
using Sfu.Net;
using Sfu.Slots;
using Sfu.Srtp;

namespace Sfu.Microbenchmarks.Net;

/// <summary>Passes over an audience through a real socket to loopback addresses, beside a bare sendmmsg of as many bytes to the same places; figures are for one packet.</summary>
public class SocketFanOut
{
    private const SrtpProfile Profile = SrtpProfile.AeadAes128Gcm;

    /// <summary>A multiple of every product of the parameters.</summary>
    private const int Packets = 15_000;

    private const int BufferBytes = 4 << 20;

    private readonly SocketCounters _counters = new();
    private readonly DropCounters _drops = new();
    private UdpSocket? _socket;
    private DrainedPort? _port;
    private SendRing? _ring;
    private ListeningRoom? _room;
    private BareSender? _bare;

    [Params(1_000, 5_000)]
    public int Listeners { get; set; }

    /// <summary>Slots in which a packet waits for each listener; several are segments of one message.</summary>
    [Params(1, MediaConstants.DefaultSlots)]
    public int Waiting { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _port = new DrainedPort();
        _socket = new UdpSocket(new IPEndPoint(IPAddress.Any, 0), BufferBytes, BufferBytes);
        Require.That(_socket.Segments, "The kernel has no UDP_SEGMENT.");
        _room = new ListeningRoom(Profile, Listeners, _port.Port);
        _ring = new SendRing([_socket], _counters, _drops, NullLogger.Instance, beforeSend: _room.Tags);
        int datagram = SlotPacket.Length + _room.Senders[0].RtpOverhead;
        _bare = new BareSender(Listeners, _port.Port, Waiting * datagram, datagram);
        VerifyRoom();
        Require.That(BareSendmmsg() == Packets, "The bare loop does not get rid of its messages.");
        _port.Start();
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        _bare!.Dispose();
        _room!.Dispose();
        _socket!.Dispose();
        _port!.Dispose();
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Packets)]
    public int BareSendmmsg()
    {
        int datagrams = 0;
        for (int sent = 0; sent < Packets; sent += Listeners * Waiting)
            datagrams += _bare!.Pass() * Waiting;
        return datagrams;
    }

    [Benchmark(OperationsPerInvoke = Packets)]
    public long Pass()
    {
        long before = _counters.DatagramsSent;
        for (int sent = 0; sent < Packets; sent += Listeners * Waiting)
            _room!.Pass(Waiting, _ring!);
        return _counters.DatagramsSent - before;
    }

    /// <summary>The first listeners' datagrams arrive and are decrypted with their keys.</summary>
    private void VerifyRoom()
    {
        _room!.Pass(Waiting, _ring!);
        Require.That(_counters.DatagramsSent == Listeners * Waiting, "The kernel did not take every datagram.");

        SrtpReceiver[] receivers = Keyring.Receivers(Profile, SrtpCiphers.Default, Listeners);
        int received = _port!.Receive();
        Require.That(received == ReceiveRing.DefaultCapacity, "Not every datagram arrives.");
        for (int i = 0; i < received; i++)
        {
            Span<byte> datagram = _port.Ring.Datagram(i);
            Require.That(
                receivers[i / Waiting].Unprotect(datagram, SlotPacket.HeaderLength, out _, out _) == DropReason.None,
                "A datagram is not the one that its listener awaits.");
        }

        Keyring.Dispose(receivers);
    }
}
