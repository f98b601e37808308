using System.Buffers;
using System.Buffers.Binary;
using Sfu.Tcp;
using Sfu.TestKit.Diagnostics;

namespace Sfu.Tests.Tcp;

public sealed class FrameQueueTests
{
    private const int Capacity = 4_096;
    private readonly FrameQueue _queue = new(Capacity);
    private readonly byte[] _buffer = new byte[Capacity];

    [Fact]
    public void What_goes_in_comes_out_framed_and_in_order()
    {
        Assert.Equal(0, _queue.Put([1, 2, 3]));
        Assert.Equal(0, _queue.Put([4]));
        Assert.False(_queue.IsEmpty);

        Assert.Equal([0, 3, 1, 2, 3, 0, 1, 4], _buffer[.._queue.Take(_buffer)]);
        Assert.True(_queue.IsEmpty);
        Assert.Equal(0, _queue.Take(_buffer));
    }

    [Fact]
    public void The_oldest_make_room_for_the_newest()
    {
        int dropped = 0;
        for (int i = 0; i < 100; i++)
            dropped += _queue.Put(Packet(i, 126));

        List<int> left = Numbers(_buffer.AsMemory(0, _queue.Take(_buffer)));
        Assert.Equal(68, dropped);
        Assert.Equal(Enumerable.Range(68, 32), left);
    }

    [Fact]
    public void One_long_packet_displaces_as_many_short_ones_as_it_must()
    {
        for (int i = 0; i < 32; i++)
            _queue.Put(Packet(i, 126));

        Assert.Equal(17, _queue.Put(Packet(32, Frame.MaxPacket)));
        Assert.Equal(Enumerable.Range(17, 16), Numbers(_buffer.AsMemory(0, _queue.Take(_buffer))));
    }

    [Fact]
    public void Only_whole_frames_are_taken()
    {
        for (int i = 0; i < 4; i++)
            _queue.Put(Packet(i, 1_000));

        Assert.Equal(2 * 1_002, _queue.Take(_buffer.AsSpan(0, 2_100)));
        Assert.Equal(2 * 1_002, _queue.Take(_buffer));
    }

    [Fact]
    public void Putting_and_taking_allocates_nothing()
    {
        long allocated = Allocations.Of(
            () => _queue,
            queue =>
            {
                Span<byte> packet = stackalloc byte[200];
                for (int i = 0; i < 1_000; i++)
                {
                    queue.Put(packet);
                    if (i % 30 == 0)
                        queue.Take(_buffer);
                }
            });

        Assert.Equal(0, allocated);
    }

    /// <summary>Each packet says its number and its length in every byte, so a torn one shows.</summary>
    [Fact]
    public async Task A_taker_that_is_overtaken_never_sees_half_a_frame()
    {
        const int Packets = 300_000;
        long dropped = 0;
        long received = 0;
        Task putting = Task.Run(
            () =>
            {
                byte[] packet = new byte[600];
                for (int i = 0; i < Packets; i++)
                {
                    int length = sizeof(int) + i % 500;
                    BinaryPrimitives.WriteInt32BigEndian(packet, i);
                    packet.AsSpan(sizeof(int), length - sizeof(int)).Fill((byte)i);
                    dropped += _queue.Put(packet.AsSpan(0, length));
                }
            },
            TestContext.Current.CancellationToken);

        int last = -1;
        while (!putting.IsCompleted || !_queue.IsEmpty)
        {
            var taken = new ReadOnlySequence<byte>(_buffer, 0, _queue.Take(_buffer));
            while (Frame.TryTake(ref taken, out ReadOnlySequence<byte> sequence) == FrameStatus.Complete)
            {
                ReadOnlyMemory<byte> packet = sequence.First;
                int number = BinaryPrimitives.ReadInt32BigEndian(packet.Span);
                Assert.True(number > last);
                Assert.Equal(sizeof(int) + number % 500, packet.Length);
                Assert.False(packet.Span[sizeof(int)..].ContainsAnyExcept((byte)number));
                last = number;
                received++;
            }

            Assert.True(taken.IsEmpty);
        }

        await putting;
        Assert.Equal(Packets, received + dropped);
    }

    private static byte[] Packet(int number, int length)
    {
        byte[] packet = new byte[length];
        BinaryPrimitives.WriteInt32BigEndian(packet, number);
        return packet;
    }

    private static List<int> Numbers(ReadOnlyMemory<byte> stream)
    {
        var numbers = new List<int>();
        var buffer = new ReadOnlySequence<byte>(stream);
        while (Frame.TryTake(ref buffer, out ReadOnlySequence<byte> packet) == FrameStatus.Complete)
            numbers.Add(BinaryPrimitives.ReadInt32BigEndian(packet.FirstSpan));
        return numbers;
    }
}
