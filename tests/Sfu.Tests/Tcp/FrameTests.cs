using System.Buffers;
using System.Buffers.Binary;
using Sfu.Tcp;
using Sfu.TestKit.Fuzzing;

namespace Sfu.Tests.Tcp;

public sealed class FrameTests
{
    private const int Iterations = 100_000;

    [Fact]
    public void Frames_come_out_as_they_went_in_however_the_stream_is_cut()
    {
        byte[][] packets = [[1], [], [2, 3], [.. Enumerable.Range(0, 300).Select(i => (byte)i)], new byte[Frame.MaxPacket]];
        byte[] stream = [.. packets.SelectMany(Framed)];

        for (int cut = 1; cut < stream.Length; cut++)
        {
            ReadOnlySequence<byte> buffer = Split(stream, cut);

            Assert.Equal(packets, TakeAll(ref buffer, out FrameStatus last));
            Assert.Equal(FrameStatus.Incomplete, last);
            Assert.True(buffer.IsEmpty);
        }
    }

    [Fact]
    public void A_frame_that_is_not_all_there_is_left_alone()
    {
        byte[] stream = Framed([1, 2, 3, 4]);

        for (int length = 0; length < stream.Length; length++)
        {
            var buffer = new ReadOnlySequence<byte>(stream, 0, length);

            Assert.Equal(FrameStatus.Incomplete, Frame.TryTake(ref buffer, out _));
            Assert.Equal(length, buffer.Length);
        }
    }

    [Theory]
    [InlineData(Frame.MaxPacket, FrameStatus.Incomplete)]
    [InlineData(Frame.MaxPacket + 1, FrameStatus.TooLong)]
    [InlineData(ushort.MaxValue, FrameStatus.TooLong)]
    public void A_length_that_no_packet_has_is_seen_in_the_first_two_bytes(int length, FrameStatus expected)
    {
        var buffer = new ReadOnlySequence<byte>(new[] { (byte)(length >> 8), (byte)length });

        Assert.Equal(expected, Frame.TryTake(ref buffer, out _));
    }

    [Fact]
    public void Whatever_arrives_every_byte_is_counted_once_and_nothing_throws()
    {
        var random = new SplitMix(6544);
        var mutator = new Mutator(4571, Framed([1]), Framed(new byte[100]), [.. Framed([]), .. Framed(new byte[40])]);
        for (int i = 0; i < Iterations; i++)
        {
            byte[] stream = mutator.Next().ToArray();
            ReadOnlySequence<byte> buffer = stream.Length < 2 ? new(stream) : Split(stream, 1 + random.Next(stream.Length - 1));

            int taken = TakeAll(ref buffer, out FrameStatus last).Sum(packet => Frame.PrefixLength + packet.Length);

            Assert.Equal(stream.Length, taken + buffer.Length);
            if (last == FrameStatus.TooLong)
                Assert.True(BinaryPrimitives.ReadUInt16BigEndian(buffer.ToArray()) > Frame.MaxPacket);
        }
    }

    internal static byte[] Framed(byte[] packet) => [(byte)(packet.Length >> 8), (byte)packet.Length, .. packet];

    private static List<byte[]> TakeAll(ref ReadOnlySequence<byte> buffer, out FrameStatus last)
    {
        var packets = new List<byte[]>();
        while ((last = Frame.TryTake(ref buffer, out ReadOnlySequence<byte> packet)) == FrameStatus.Complete)
            packets.Add(packet.ToArray());
        return packets;
    }

    private static ReadOnlySequence<byte> Split(byte[] stream, int at)
    {
        var second = new Segment(stream.AsMemory(at), at);
        var first = new Segment(stream.AsMemory(0, at), 0) { Following = second };
        return new ReadOnlySequence<byte>(first, 0, second, stream.Length - at);
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(ReadOnlyMemory<byte> memory, int index)
        {
            Memory = memory;
            RunningIndex = index;
        }

        public Segment Following
        {
            init => Next = value;
        }
    }
}
