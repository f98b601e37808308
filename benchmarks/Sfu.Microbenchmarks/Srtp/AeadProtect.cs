using BenchmarkDotNet.Attributes;
using Sfu.Microbenchmarks.Support;
using Sfu.Srtp;

namespace Sfu.Microbenchmarks.Srtp;

/// <summary>Protecting a packet for each of 5,000 listeners with AES-GCM; figures are for one packet.</summary>
public class AeadProtect
{
    private const ushort SequenceNumber = 300;

    private readonly PacketRing _ring = new();
    private readonly byte[] _header = SlotPacket.Header(SequenceNumber);
    private readonly byte[] _payload = SlotPacket.Payload();
    private BclGcm[] _bcl = [];
    private SrtpSender[] _simd = [];
    private SrtpSender[] _openSsl = [];

    [Params(SrtpProfile.AeadAes128Gcm, SrtpProfile.AeadAes256Gcm)]
    public SrtpProfile Profile { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _bcl = [.. Keyring.Create(Profile).Select(keys => new BclGcm(Profile, keys))];
        _simd = Keyring.Senders(Profile, SrtpCiphers.Default);
        _openSsl = Keyring.Senders(Profile, Keyring.OpenSsl);

        byte[] expected = new byte[PacketRing.PacketLength];
        for (int i = 0; i < Keyring.Keys; i++)
        {
            _header.CopyTo(expected, 0);
            _bcl[i].Protect(expected, SlotPacket.HeaderLength, _payload, SequenceNumber);
            Require.That(Protect(_simd, i).SequenceEqual(expected), "SIMD and AesGcm make different packets.");
            Require.That(Protect(_openSsl, i).SequenceEqual(expected), "OpenSSL and AesGcm make different packets.");
        }
    }

    [GlobalCleanup]
    public void Cleanup() => Keyring.Dispose([.. _bcl, .. _simd, .. _openSsl]);

    [Benchmark(Baseline = true, OperationsPerInvoke = Keyring.Keys)]
    public void Bcl()
    {
        for (int i = 0; i < _bcl.Length; i++)
        {
            Span<byte> packet = _ring[i];
            _header.CopyTo(packet);
            _bcl[i].Protect(packet, SlotPacket.HeaderLength, _payload, SequenceNumber);
        }
    }

    [Benchmark(OperationsPerInvoke = Keyring.Keys)]
    public void Simd()
    {
        for (int i = 0; i < _simd.Length; i++)
            Protect(_simd, i);
    }

    [Benchmark(OperationsPerInvoke = Keyring.Keys)]
    public void OpenSsl()
    {
        for (int i = 0; i < _openSsl.Length; i++)
            Protect(_openSsl, i);
    }

    private Span<byte> Protect(SrtpSender[] senders, int i)
    {
        Span<byte> packet = _ring[i];
        _header.CopyTo(packet);
        return packet[..senders[i].Protect(packet, SlotPacket.HeaderLength, _payload, 0, 0)];
    }
}
