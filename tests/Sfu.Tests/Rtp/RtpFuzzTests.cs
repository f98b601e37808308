using Sfu.Diagnostics;
using Sfu.Rtp;
using Sfu.TestKit.Diagnostics;
using Sfu.TestKit.Fuzzing;
using Sfu.TestKit.Rtp;

namespace Sfu.Tests.Rtp;

public sealed class RtpFuzzTests
{
    private const int Iterations = 250_000;

    private static readonly byte[][] Corpus =
    [
        new RtpBuilder().WithPayload(new byte[80]).Build(),
        new RtpBuilder { Marker = true }.WithCsrcs(1, 2, 3).WithAudioLevel(1, 40, true).WithPayload(new byte[60]).WithPadding(9).Build(),
        new RtpBuilder().WithTwoByteExtension(1, 0xA8).WithTwoByteExtension(2, new byte[20]).WithPayload(1, 2, 3).Build(),
        new RtpBuilder().WithOneByteExtension(3, new byte[16]).WithAudioLevel(1, 127, false).WithPadding(200).Build(),
        new RtpBuilder { PayloadType = 63 }
            .WithCsrcs(Enumerable.Range(1, 15).Select(i => (uint)i))
            .WithRed((111, 1920, new byte[40]), (111, 960, new byte[41]), (111, 0, new byte[42]))
            .Build(),
        new RtpBuilder { PayloadType = 63 }.WithRed((111, 0, [1])).WithPadding(1).Build(),
    ];

    private static readonly byte[][] RedCorpus =
    [
        [111, .. new byte[60]],
        [0x80 | 111, 0x0F, 0x00, 40, 111, .. new byte[80]],
        [0x80 | 111, 0x1E, 0x00, 40, 0x80 | 111, 0x0F, 0x00, 41, 111, .. new byte[123]],
        [0x80 | 111, 0x0F, 0x03, 0xFF, 0x80 | 13, 0x0F, 0x00, 0, 111, .. new byte[1_024]],
    ];

    [Fact]
    public void Mutated_packets_are_read_or_dropped_and_never_throw_nor_allocate() =>
        Run(seed: 0x5EED_0001, Corpus, Packet, [DropReason.None, DropReason.RtpMalformed, DropReason.RedMalformed]);

    [Fact]
    public void Mutated_redundant_payloads_are_read_or_dropped_and_never_throw_nor_allocate() =>
        Run(seed: 0x5EED_0004, RedCorpus, RedPayload, [DropReason.None, DropReason.RedMalformed]);

    private static void Run(ulong seed, byte[][] corpus, Func<ReadOnlySpan<byte>, DropReason> use, DropReason[] expected)
    {
        var outcomes = new int[(int)DropReason.Count];
        long allocated = Allocations.Of(() => new Mutator(seed, corpus), mutator =>
        {
            Array.Clear(outcomes);
            try
            {
                while (mutator.Iteration < Iterations)
                    outcomes[(int)use(mutator.Next())]++;
            }
            catch (Exception e)
            {
                Assert.Fail($"Iteration {mutator.Iteration} threw {e}");
            }
        });

        Assert.Equal(0, allocated);
        Assert.All(expected, reason => Assert.InRange(outcomes[(int)reason], Iterations / 100, Iterations));
    }

    /// <summary>Touches everything that can be reached.</summary>
    private static DropReason Packet(ReadOnlySpan<byte> packet)
    {
        DropReason reason = RtpPacket.TryRead(packet, out RtpPacket rtp);
        if (reason != DropReason.None)
            return reason;

        for (int i = 0; i < rtp.CsrcCount; i++)
            _ = rtp.GetCsrc(i);
        for (int id = 0; id <= byte.MaxValue; id += 5)
            _ = rtp.TryGetExtension((byte)id, out _);
        _ = rtp.TryGetAudioLevel(1, out _);
        return RedPayload(rtp.Payload);
    }

    private static DropReason RedPayload(ReadOnlySpan<byte> payload)
    {
        DropReason reason = RedReader.TryRead(payload, out RedReader reader);
        int total = 0;
        foreach (RedBlock block in reader)
            total += block.Payload.Length;
        if (total > payload.Length)
            throw new InvalidOperationException("Blocks are longer than their payload.");
        return reason;
    }
}
