using System.Net;
using Sfu.Dtls;
using Sfu.LoadTest.Clients;
using Sfu.LoadTest.Net;
using Sfu.LoadTest.Receiving;
using Sfu.LoadTest.Speaking;
using Sfu.Net;
using Sfu.Srtp;
using Sfu.TestKit.Ice;
using Sfu.TestKit.Rtp;

namespace Sfu.LoadTest.Tests.Receiving;

/// <summary>A meter with listeners of their own keys, and one speaker who has sent <see cref="SpeakerPackets"/> packets in the measured time.</summary>
internal sealed class MeterHarness : IDisposable
{
    public const int SpeakerPackets = 100;

    private const SrtpProfile Profile = SrtpProfile.AeadAes128Gcm;
    private const long Start = 1_000_000_000;
    private const long Interval = 20_000_000;

    private readonly ClientSocket _socket = new(1 << 16, coalesces: false);
    private readonly LoadClient?[] _clients = new LoadClient?[2];
    private readonly SrtpSender[] _servers = new SrtpSender[2];
    private readonly SpeakerDesk _desk = new(Speech.Load(), 1);

    public MeterHarness()
    {
        _desk[0].NextNumber = SpeakerPackets;
        var measured = new MeasuredTime();
        measured.Set(Start, long.MaxValue);
        Meter = new SlotMeter(_clients, _clients.Length, 1, _desk, measured, default);
    }

    public SlotMeter Meter { get; }

    public LoadClient?[] Clients => _clients;

    public uint? Csrc
    {
        set => _desk[0].Csrc = value;
    }

    public void Open(int listener, uint firstSsrc, bool hasOwnTimeline)
    {
        var material = new byte[SrtpKeys.KeyingMaterialLength(Profile)];
        material.AsSpan().Fill((byte)(listener + 1));
        SrtpKeys server = SrtpKeys.FromKeyingMaterial(Profile, material).Server;
        _servers[listener] = new SrtpSender(Profile, server);
        DtlsCertificate certificate = DtlsCertificate.Create(DateTimeOffset.UtcNow);
        _clients[listener] = new LoadClient(listener, _socket, 0x7F01_0001, isSpeaker: false)
        {
            Server = TransportAddress.From(new IPEndPoint(IPAddress.Loopback, 9)),
            FirstSsrc = firstSsrc,
            HasOwnTimeline = hasOwnTimeline,
            Ice = new TestIceClient(IceAgentHarness.Client, IceAgentHarness.Server),
            ServerFingerprint = certificate.Fingerprint,
            Receiver = new SrtpReceiver(Profile, server),
        };
        Meter.Open(_clients[listener]!);
    }

    /// <summary>The server sends a listener the speaker's packet of that number.</summary>
    public void Receive(int listener, uint number, uint ssrc, uint timestamp, params uint[] csrcs) =>
        Meter.OnPacket((uint)listener, Packet(listener, number, ssrc, timestamp, csrcs), Start + number * Interval + 1_000_000);

    /// <summary>What the server sends a listener as the speaker's packet of that number.</summary>
    public byte[] Packet(int listener, uint number, uint ssrc, uint timestamp, params uint[] csrcs)
    {
        byte[] payload = [.. _desk.Template(0, number)];
        long sentAt = Start + number * Interval;
        new PacketMarker(0, 0, number, sentAt).Write(payload.AsSpan(payload.Length - PacketMarker.Length));
        byte[] header = new RtpBuilder { SequenceNumber = (ushort)(number + 1), Timestamp = timestamp, Ssrc = ssrc }.WithCsrcs(csrcs).Build();
        var packet = new byte[1_500];
        header.CopyTo(packet, 0);
        int length = _servers[listener].Protect(packet, header.Length, payload, padding: 0, rolloverCounter: 0);
        return packet[..length];
    }

    public void Dispose()
    {
        for (int i = 0; i < _clients.Length; i++)
        {
            _servers[i]?.Dispose();
            _clients[i]?.Receiver?.Dispose();
        }

        _socket.Dispose();
    }
}
