using BenchmarkDotNet.Attributes;
using Sfu.Mailboxes;
using Sfu.Microbenchmarks.Support;
using Sfu.Slots;

namespace Sfu.Microbenchmarks.Mailboxes;

/// <summary>A thousand packets into a mailbox and out again, on one thread; figures are for one packet, beside copying it.</summary>
public class PacketCrossings
{
    private const int AtOnce = 50;

    private readonly byte[][] _packets = IncomingPackets.Plain();
    private readonly byte[] _copy = new byte[2_048];
    private readonly PacketMailbox<SlotPacketHeader> _mailbox = new(64, MediaConstants.MaxPayload, () => { });

    [GlobalSetup]
    public void Setup()
    {
        long bytes = _packets.Sum(packet => (long)packet.Length);
        Require.That(PostAndTake() == bytes, "Packets are lost on the way.");
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = IncomingPackets.Count)]
    public void Copy() => IncomingPackets.Copy(_packets, _copy);

    [Benchmark(OperationsPerInvoke = IncomingPackets.Count)]
    public long PostAndTake()
    {
        long bytes = 0;
        for (int i = 0; i < _packets.Length; i += AtOnce)
        {
            for (int j = i; j < i + AtOnce; j++)
                _mailbox.TryPost(new SlotPacketHeader { Index = j }, _packets[j]);
            while (_mailbox.TryPeek(out _, out Span<byte> payload))
            {
                bytes += payload.Length;
                _mailbox.Advance();
            }
        }

        return bytes;
    }
}
