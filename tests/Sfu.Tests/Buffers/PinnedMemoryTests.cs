using Sfu.Buffers;

namespace Sfu.Tests.Buffers;

public sealed unsafe class PinnedMemoryTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(100_000)]
    public void It_starts_on_a_cache_line_and_has_the_length_asked_for(int length)
    {
        PinnedMemory memory = new(length);

        Assert.Equal(0, (nint)memory.Pointer % PinnedMemory.CacheLine);
        Assert.Equal(length, memory.Length);
        Assert.Equal(length, memory.Span.Length);
    }

    [Fact]
    public void Slices_and_the_pointer_show_the_same_bytes()
    {
        PinnedMemory memory = new(256);
        memory.Span.Clear();

        memory.Slice(100, 3)[2] = 7;

        Assert.Equal(7, memory.Pointer[102]);
        Assert.Equal(7, memory.Span[102]);
    }

    [Fact]
    public void The_address_survives_a_compacting_collection()
    {
        PinnedMemory memory = new(128);
        memory.Span.Fill(0x5A);
        byte* before = memory.Pointer;

        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);

        fixed (byte* first = memory.Span)
            Assert.True(first == before);
        Assert.Equal(0x5A, before[127]);
    }

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(0, 65)]
    [InlineData(64, 1)]
    [InlineData(1, int.MaxValue)]
    public void A_slice_that_is_not_wholly_inside_is_refused(int offset, int length) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => _ = new PinnedMemory(64).Slice(offset, length).Length);

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    public void A_block_without_bytes_is_refused(int length) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new PinnedMemory(length));

    [Fact]
    public void A_pinned_array_starts_zeroed_and_is_where_its_pointer_says()
    {
        PinnedArray<long> array = new(5);
        Assert.All(array.Span.ToArray(), item => Assert.Equal(0, item));

        array[3] = 42;

        Assert.Equal(42, array.Pointer[3]);
        Assert.Equal(5, array.Length);
    }
}
