using BenchmarkDotNet.Attributes;
using Sfu.Microbenchmarks.Support;
using Sfu.Srtp;
using Sfu.TestKit.Net;

namespace Sfu.Microbenchmarks.Rooms;

/// <summary>Passes over an audience with real keys and a sender that forgets: all of the fan-out but the kernel. Figures are for one packet.</summary>
public class FanOut
{
    /// <summary>A multiple of every product of the parameters.</summary>
    private const int Packets = 15_000;

    private readonly NullSender _sender = new();
    private readonly PacketRing _ring = new();
    private readonly byte[] _header = SlotPacket.Header(300);
    private readonly byte[] _payload = SlotPacket.Payload();
    private ListeningRoom? _room;

    [Params(SrtpProfile.AeadAes128Gcm, SrtpProfile.AesCm128HmacSha1_80)]
    public SrtpProfile Profile { get; set; }

    [Params(1_000, 5_000)]
    public int Listeners { get; set; }

    /// <summary>Slots in which a packet waits for each listener.</summary>
    [Params(1, 3)]
    public int Waiting { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _room = new ListeningRoom(Profile, Listeners, port: 5_000);
        Require.That(Pass() == Packets, "Not everybody was sent everything.");
        Require.That(_sender.Messages * Waiting == _sender.Datagrams, "What waits for a listener is not one message.");
        Require.That(_sender.Bytes == (long)Packets * (SlotPacket.Length + _room.Senders[0].RtpOverhead), "Packets are of the wrong length.");
    }

    [GlobalCleanup]
    public void Cleanup() => _room!.Dispose();

    /// <summary>Encryption alone, with the same keys in the same order.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = Packets)]
    public void ProtectOnly()
    {
        SrtpSender[] senders = _room!.Senders;
        for (int sent = 0; sent < Packets; sent += senders.Length * Waiting)
        {
            for (int i = 0; i < senders.Length; i++)
            {
                for (int slot = 0; slot < Waiting; slot++)
                {
                    Span<byte> packet = _ring[i];
                    _header.CopyTo(packet);
                    senders[i].Protect(packet, SlotPacket.HeaderLength, _payload, 0, 0);
                }
            }
        }
    }

    [Benchmark(OperationsPerInvoke = Packets)]
    public long Pass()
    {
        long before = _sender.Datagrams;
        for (int sent = 0; sent < Packets; sent += Listeners * Waiting)
            _room!.Pass(Waiting, _sender);
        return _sender.Datagrams - before;
    }
}
