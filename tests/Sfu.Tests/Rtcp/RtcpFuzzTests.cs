using Sfu.Diagnostics;
using Sfu.Rtcp;
using Sfu.TestKit.Diagnostics;
using Sfu.TestKit.Fuzzing;

namespace Sfu.Tests.Rtcp;

public sealed class RtcpFuzzTests
{
    private const int Iterations = 200_000;

    private static readonly byte[][] Corpus = [Reports(), Descriptions(), .. Feedback()];

    [Fact]
    public void Mutated_compound_packets_are_read_or_dropped_and_never_throw_nor_allocate()
    {
        int good = 0;
        long allocated = Allocations.Of(() => new Mutator(seed: 0x5EED_0002, Corpus), mutator =>
        {
            good = 0;
            try
            {
                while (mutator.Iteration < Iterations)
                    good += Use(mutator.Next()) ? 1 : 0;
            }
            catch (Exception e)
            {
                Assert.Fail($"Iteration {mutator.Iteration} threw {e}");
            }
        });

        Assert.Equal(0, allocated);
        Assert.InRange(good, Iterations / 100, Iterations - Iterations / 100);
    }

    /// <summary>Each reader gets each packet, whatever its type says.</summary>
    private static bool Use(ReadOnlySpan<byte> compound)
    {
        DropReason reason = RtcpReader.TryRead(compound, out RtcpReader reader);
        int entries = 0;
        foreach (RtcpPacket packet in reader)
        {
            SenderReport.TryRead(packet, out SenderReport sender);
            foreach (ReportBlock block in sender.Blocks)
                entries++;
            ReceiverReport.TryRead(packet, out ReceiverReport receiver);
            foreach (ReportBlock block in receiver.Blocks)
                entries++;
            SourceDescription.TryRead(packet, out SourceDescription description);
            foreach (SdesChunk chunk in description)
                entries++;
            Goodbye.TryRead(packet, out Goodbye goodbye);
            foreach (uint ssrc in goodbye)
                entries++;
            Nack.TryRead(packet, out Nack nack);
            foreach (ushort sequenceNumber in nack)
                entries++;
        }

        // The densest of all is a NACK: 17 numbers in 4 bytes.
        if (entries > compound.Length * 17 / 4)
            throw new InvalidOperationException($"{entries} entries out of {compound.Length} bytes.");
        return reason == DropReason.None;
    }

    private static byte[] Reports()
    {
        var writer = new RtcpWriter(new byte[400]);
        var block = new ReportBlock(1, 2, 3, 4, 5, 6, 7);
        writer.TryWriteSenderReport(1, 2, 3, 4, 5, block, block);
        writer.TryWriteReceiverReport(1, block);
        return writer.Written.ToArray();
    }

    private static byte[] Descriptions()
    {
        var writer = new RtcpWriter(new byte[400]);
        writer.TryWriteReceiverReport(1);
        writer.TryWriteCname(1, "somebody"u8);
        writer.TryWriteGoodbye(1, 2, 3);
        return writer.Written.ToArray();
    }

    private static IEnumerable<byte[]> Feedback() =>
    [
        Convert.FromHexString("81CD0004" + "00000001" + "5F550001" + "000A8003" + "FFFFFFFF"),
        Convert.FromHexString("80C90001" + "00000007" + "81CE0002" + "0000000100000002"),
        // XR with a receiver reference time block, then padding.
        Convert.FromHexString("80CF0004" + "00000001" + "04000002" + "E0E1E2E3F0F1F2F3" + "A0C90002" + "00000007" + "00000004"),
    ];
}
