using System.Buffers.Binary;
using System.Net.Sockets;
using Sfu.Net;
using Sfu.Tcp;

namespace Sfu.Tests.Tcp;

/// <summary>Backpressure.</summary>
public sealed class SlowReaderTests : IDisposable
{
    private const int PacketLength = 200;

    private readonly TcpHarness _harness = new();

    public void Dispose() => _harness.Dispose();

    [Fact]
    public async Task Who_does_not_read_loses_the_oldest_packets_and_the_next_one_loses_nothing()
    {
        const int Packets = 40_000;
        (Socket slow, NetworkPath slowPath) = await _harness.ConnectToWorker();
        (Socket quick, NetworkPath quickPath) = await _harness.ConnectToWorker();
        List<int> heard = [];
        int sent = 0;

        for (; sent < Packets; sent++)
        {
            Send(slowPath, sent);
            if (sent % 40 != 0)
                continue;
            Send(quickPath, sent);
            heard.Add(await Next(quick));
        }

        Assert.Equal(Enumerable.Range(0, Packets / 40).Select(i => i * 40), heard);
        Assert.True(_harness.Server.Counters.FramesDropped > 0);

        // Now it reads: what the kernel already had, and then the newest that its queue held.
        List<int> late = [];
        while (late.Count == 0 || late[^1] != Packets - 1)
            late.Add(await Next(slow));
        Assert.Equal(late.Order(), late);
        Assert.Equal(Packets - _harness.Server.Counters.FramesDropped, late.Count);
        Assert.True(EndsWithoutHole(late, packets: 40), "The newest packets are those that are left.");
    }

    [Fact]
    public async Task Somebody_who_never_reads_costs_a_bounded_queue()
    {
        (_, NetworkPath path) = await _harness.ConnectToWorker();
        Send(path, 0);
        long before = GC.GetAllocatedBytesForCurrentThread();

        for (int i = 0; i < 20_000; i++)
            Send(path, i);

        // Whatever the thread pool allocates for its queue stays far below what was sent (4 MB).
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64 * 1024);
    }

    private void Send(in NetworkPath path, int number)
    {
        Span<byte> packet = stackalloc byte[PacketLength];
        BinaryPrimitives.WriteInt32BigEndian(packet, number);
        _harness.Server.Send(path, packet, PacketLength);
    }

    private static async Task<int> Next(Socket client)
    {
        byte[] frame = new byte[Frame.PrefixLength + PacketLength];
        int length = 0;
        while (length < frame.Length)
        {
            int received = await client.ReceiveAsync(frame.AsMemory(length), TestContext.Current.CancellationToken);
            Assert.True(received > 0, "The connection was closed.");
            length += received;
        }

        Assert.Equal(PacketLength, BinaryPrimitives.ReadUInt16BigEndian(frame));
        return BinaryPrimitives.ReadInt32BigEndian(frame.AsSpan(Frame.PrefixLength));
    }

    private static bool EndsWithoutHole(List<int> numbers, int packets) =>
        numbers[^packets..].SequenceEqual(Enumerable.Range(numbers[^1] - packets + 1, packets));
}
