using BenchmarkDotNet.Attributes;
using Sfu.Diagnostics;
using Sfu.Microbenchmarks.Support;
using Sfu.Rtp;

namespace Sfu.Microbenchmarks.Rtp;

/// <summary>Reading the RED payloads of a thousand packets (RFC 2198); figures are for one packet, beside copying it.</summary>
public class RedPayloads
{
    private readonly byte[][] _payloads = IncomingPackets.Red();
    private readonly byte[] _copy = new byte[2_048];

    [GlobalSetup]
    public void Setup()
    {
        Require.That(ReadPrimary() == IncomingPackets.Count * SlotPacket.PayloadLength, "A primary block is read wrongly.");
        Require.That(ReadAll() == 2 * IncomingPackets.Count * SlotPacket.PayloadLength, "Blocks are read wrongly.");
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = IncomingPackets.Count)]
    public void Copy() => IncomingPackets.Copy(_payloads, _copy);

    [Benchmark(OperationsPerInvoke = IncomingPackets.Count)]
    public int ReadPrimary()
    {
        int bytes = 0;
        foreach (byte[] payload in _payloads)
        {
            if (RedReader.TryRead(payload, out RedReader red) == DropReason.None)
                bytes += red.Primary.Payload.Length;
        }

        return bytes;
    }

    [Benchmark(OperationsPerInvoke = IncomingPackets.Count)]
    public int ReadAll()
    {
        int bytes = 0;
        foreach (byte[] payload in _payloads)
        {
            if (RedReader.TryRead(payload, out RedReader red) != DropReason.None)
                continue;
            foreach (RedBlock block in red)
                bytes += block.Payload.Length;
        }

        return bytes;
    }
}
