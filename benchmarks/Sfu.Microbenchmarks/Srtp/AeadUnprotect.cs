using BenchmarkDotNet.Attributes;
using Sfu.Microbenchmarks.Support;
using Sfu.Srtp;

namespace Sfu.Microbenchmarks.Srtp;

/// <summary>Authenticating and decrypting a packet from each of 5,000 senders with AES-GCM, replay window included; figures are for one packet.</summary>
public class AeadUnprotect
{
    private ArrivingPackets? _packets;
    private BclGcm[] _bcl = [];
    private SrtpReceiver[] _simd = [];
    private SrtpReceiver[] _openSsl = [];

    [Params(SrtpProfile.AeadAes128Gcm, SrtpProfile.AeadAes256Gcm)]
    public SrtpProfile Profile { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _packets = new ArrivingPackets(Profile);
        _bcl = [.. Keyring.Create(Profile).Select(keys => new BclGcm(Profile, keys))];
        _simd = Keyring.Receivers(Profile, SrtpCiphers.Default);
        _openSsl = Keyring.Receivers(Profile, Keyring.OpenSsl);
        _packets.Verify(Bcl, "AesGcm");
        _packets.Verify(Simd, "SIMD");
        _packets.Verify(OpenSsl, "OpenSSL");
        WarmUp.Run(Arrive, Bcl, Simd, OpenSsl);
    }

    [GlobalCleanup]
    public void Cleanup() => Keyring.Dispose([_packets!, .. _bcl, .. _simd, .. _openSsl]);

    [IterationSetup]
    public void Arrive() => _packets!.Next();

    [Benchmark(Baseline = true, OperationsPerInvoke = Keyring.Keys)]
    public int Bcl()
    {
        ArrivingPackets packets = _packets!;
        for (int i = 0; i < _bcl.Length; i++)
            _bcl[i].Unprotect(packets[i], SlotPacket.HeaderLength, packets.Index);
        return _bcl.Length;
    }

    [Benchmark(OperationsPerInvoke = Keyring.Keys)]
    public int Simd() => _packets!.Unprotect(_simd);

    [Benchmark(OperationsPerInvoke = Keyring.Keys)]
    public int OpenSsl() => _packets!.Unprotect(_openSsl);
}
