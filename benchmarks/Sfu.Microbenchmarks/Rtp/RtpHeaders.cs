using BenchmarkDotNet.Attributes;
using Sfu.Diagnostics;
using Sfu.Microbenchmarks.Support;
using Sfu.Rtp;
using Sfu.Slots;

namespace Sfu.Microbenchmarks.Rtp;

/// <summary>Reading the headers of a thousand packets and writing a slot's; figures are for one packet, beside copying it.</summary>
public class RtpHeaders
{
    private readonly byte[][] _packets = IncomingPackets.Plain();
    private readonly byte[] _copy = new byte[2_048];
    private readonly byte[] _header = new byte[RtpHeaderWriter.SlotHeaderLength];

    [GlobalSetup]
    public void Setup()
    {
        long sequenceNumbers = (long)IncomingPackets.Count * (IncomingPackets.Count - 1) / 2;
        Require.That(Read() == sequenceNumbers, "Sequence numbers are read wrongly.");
        Require.That(ReadWithLevel() == Enumerable.Range(0, IncomingPackets.Count).Sum(i => i % 128), "Audio levels are read wrongly.");
        WriteSlot();
        Require.That(
            RtpHeader.TryRead(_header, out RtpHeader header) == DropReason.None
                && header.Length == RtpHeaderWriter.SlotHeaderLength
                && header.SequenceNumber == IncomingPackets.Count - 1,
            "A slot header is written wrongly.");
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = IncomingPackets.Count)]
    public void Copy() => IncomingPackets.Copy(_packets, _copy);

    /// <summary>What is done before a packet is decrypted.</summary>
    [Benchmark(OperationsPerInvoke = IncomingPackets.Count)]
    public long Read()
    {
        long sum = 0;
        foreach (byte[] packet in _packets)
        {
            if (RtpHeader.TryRead(packet, out RtpHeader header) == DropReason.None)
                sum += header.SequenceNumber;
        }

        return sum;
    }

    /// <summary>What is done after: padding, and the search for the level among the extensions.</summary>
    [Benchmark(OperationsPerInvoke = IncomingPackets.Count)]
    public int ReadWithLevel()
    {
        int sum = 0;
        foreach (byte[] packet in _packets)
        {
            if (RtpPacket.TryRead(packet, out RtpPacket rtp) == DropReason.None
                && rtp.TryGetAudioLevel(MediaConstants.AudioLevelExtensionId, out AudioLevel level))
                sum += level.Level;
        }

        return sum;
    }

    [Benchmark(OperationsPerInvoke = IncomingPackets.Count)]
    public void WriteSlot()
    {
        for (int i = 0; i < IncomingPackets.Count; i++)
        {
            RtpHeaderWriter.WriteSlot(
                _header,
                marker: false,
                MediaConstants.OpusPayloadType,
                (ushort)i,
                (uint)i * 960,
                SlotPacket.Ssrc,
                SlotPacket.Csrc,
                MediaConstants.AudioLevelExtensionId,
                SlotPacket.Level);
        }
    }
}
