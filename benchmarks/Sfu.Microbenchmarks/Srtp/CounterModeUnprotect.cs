using BenchmarkDotNet.Attributes;
using Sfu.Microbenchmarks.Support;
using Sfu.Srtp;

namespace Sfu.Microbenchmarks.Srtp;

/// <summary>Authenticating and decrypting a packet from each of 5,000 senders with AES_CM_128_HMAC_SHA1_80, replay window included; figures are for one packet.</summary>
public class CounterModeUnprotect
{
    private const SrtpProfile Profile = SrtpProfile.AesCm128HmacSha1_80;

    private ArrivingPackets? _packets;
    private OneByOneCounterMode[] _oneByOne = [];
    private SrtpReceiver[] _simd = [];
    private SrtpReceiver[] _openSsl = [];

    [GlobalSetup]
    public void Setup()
    {
        _packets = new ArrivingPackets(Profile);
        _oneByOne = [.. Keyring.Create(Profile).Select(keys => new OneByOneCounterMode(keys))];
        _simd = Keyring.Receivers(Profile, SrtpCiphers.Default);
        _openSsl = Keyring.Receivers(Profile, Keyring.OpenSsl);
        _packets.Verify(OneByOne, "One by one");
        _packets.Verify(Simd, "SIMD");
        _packets.Verify(OpenSsl, "OpenSSL");
        WarmUp.Run(Arrive, OneByOne, Simd, OpenSsl);
    }

    [GlobalCleanup]
    public void Cleanup() => Keyring.Dispose([_packets!, .. _oneByOne, .. _simd, .. _openSsl]);

    [IterationSetup]
    public void Arrive() => _packets!.Next();

    [Benchmark(Baseline = true, OperationsPerInvoke = Keyring.Keys)]
    public int OneByOne()
    {
        ArrivingPackets packets = _packets!;
        int accepted = 0;
        for (int i = 0; i < _oneByOne.Length; i++)
        {
            if (_oneByOne[i].Unprotect(packets[i], SlotPacket.HeaderLength, packets.Index))
                accepted++;
        }

        return accepted;
    }

    [Benchmark(OperationsPerInvoke = Keyring.Keys)]
    public int Simd() => _packets!.Unprotect(_simd);

    [Benchmark(OperationsPerInvoke = Keyring.Keys)]
    public int OpenSsl() => _packets!.Unprotect(_openSsl);
}
