using BenchmarkDotNet.Attributes;
using Sfu.Microbenchmarks.Support;
using Sfu.Srtp;

namespace Sfu.Microbenchmarks.Srtp;

/// <summary>Protecting a packet for each of 5,000 listeners with AES_CM_128_HMAC_SHA1_80; figures are for one packet.</summary>
public class CounterModeProtect
{
    private const SrtpProfile Profile = SrtpProfile.AesCm128HmacSha1_80;
    private const ushort SequenceNumber = 300;
    private const int ProtectedLength = SlotPacket.Length + OneByOneCounterMode.TagLength;

    private const int BatchLength = 16;

    private readonly PacketRing _ring = new();
    private readonly TagBatch _tags = new();
    private readonly byte[] _header = SlotPacket.Header(SequenceNumber);
    private readonly byte[] _payload = SlotPacket.Payload();
    private OneByOneCounterMode[] _oneByOne = [];
    private SrtpSender[] _simd = [];
    private SrtpSender[] _openSsl = [];

    [GlobalSetup]
    public void Setup()
    {
        _oneByOne = [.. Keyring.Create(Profile).Select(keys => new OneByOneCounterMode(keys))];
        _simd = Keyring.Senders(Profile, SrtpCiphers.Default);
        _openSsl = Keyring.Senders(Profile, Keyring.OpenSsl);

        byte[] expected = new byte[ProtectedLength];
        for (int i = 0; i < Keyring.Keys; i++)
        {
            _header.CopyTo(expected, 0);
            _oneByOne[i].Protect(expected, SlotPacket.HeaderLength, _payload, SequenceNumber);
            Require.That(Protect(_simd, i).SequenceEqual(expected), "The sender's packets are not those made one by one.");
            Require.That(Together(i).SequenceEqual(expected), "The packets of a batch are not those made one by one.");
            Require.That(Protect(_openSsl, i).SequenceEqual(expected), "OpenSSL's packets are not those made one by one.");
        }
    }

    [GlobalCleanup]
    public void Cleanup() => Keyring.Dispose([.. _oneByOne, .. _simd, .. _openSsl]);

    [Benchmark(Baseline = true, OperationsPerInvoke = Keyring.Keys)]
    public void OneByOne()
    {
        for (int i = 0; i < _oneByOne.Length; i++)
        {
            Span<byte> packet = _ring[i];
            _header.CopyTo(packet);
            _oneByOne[i].Protect(packet, SlotPacket.HeaderLength, _payload, SequenceNumber);
        }
    }

    [Benchmark(OperationsPerInvoke = Keyring.Keys)]
    public void Simd()
    {
        for (int i = 0; i < _simd.Length; i++)
        {
            Span<byte> packet = _ring[i];
            _header.CopyTo(packet);
            ((IPacketProtector)_simd[i]).Protect(packet, SlotPacket.HeaderLength, _payload, 0, 0, _tags);
        }

        _tags.Complete();
    }

    [Benchmark(OperationsPerInvoke = Keyring.Keys)]
    public void OpenSsl()
    {
        for (int i = 0; i < _openSsl.Length; i++)
            Protect(_openSsl, i);
    }

    /// <summary>In a batch with a full set of others.</summary>
    private Span<byte> Together(int i)
    {
        for (int other = i; other < i + BatchLength; other++)
        {
            Span<byte> packet = _ring[other];
            _header.CopyTo(packet);
            ((IPacketProtector)_simd[i]).Protect(packet, SlotPacket.HeaderLength, _payload, 0, 0, _tags);
        }

        _tags.Complete();
        return _ring[i][..ProtectedLength];
    }

    private Span<byte> Protect(SrtpSender[] senders, int i)
    {
        Span<byte> packet = _ring[i];
        _header.CopyTo(packet);
        return packet[..senders[i].Protect(packet, SlotPacket.HeaderLength, _payload, 0, 0)];
    }
}
