using System.Runtime.Intrinsics;
using Sfu.Srtp.Simd;

namespace Sfu.Tests.Srtp.Simd;

public unsafe class KeyPoolTests
{
    private const int Vectors = 23;

    [Fact]
    public void Five_thousand_keys_are_a_handful_of_slabs_and_share_no_cache_line()
    {
        KeyPool pool = new(Vectors);
        KeyBlock[] blocks = [.. Enumerable.Range(0, 5_000).Select(_ => new KeyBlock(pool))];

        nint[] starts = [.. blocks.Select(block => (nint)block.Start).Order()];
        Assert.All(starts, start => Assert.Equal(0, start % 64));
        Assert.All(starts.Zip(starts[1..]), pair => Assert.True(pair.Second - pair.First >= pool.BlockLength));
        Assert.InRange(pool.BlockLength, Vectors * 16, Vectors * 16 + 63);
        Assert.InRange(pool.Slabs, 1, 8);
        GC.KeepAlive(blocks);
    }

    [Fact]
    public void A_returned_block_is_cleared_and_lent_again_and_no_longer_to_be_had()
    {
        KeyPool pool = new(Vectors);
        KeyBlock block = new(pool);
        Vector128<byte>* start = block.Start;
        new Span<byte>(start, pool.BlockLength).Fill(0xFF);

        block.Dispose();
        block.Dispose();

        Assert.Throws<ObjectDisposedException>(() => (nint)block.Start);
        using KeyBlock next = new(pool);
        using KeyBlock other = new(pool);
        Assert.True(next.Start == start);
        Assert.True(other.Start != start);
        Assert.False(new Span<byte>(start, pool.BlockLength).ContainsAnyExcept((byte)0));
    }

    [Fact]
    public void Threads_never_get_the_same_block()
    {
        KeyPool pool = new(Vectors);
        Parallel.For(0, 8, thread =>
        {
            for (int i = 0; i < 2_000; i++)
            {
                using KeyBlock block = new(pool);
                *block.Start = Vector128.Create((byte)thread);
                Thread.SpinWait(10);
                if (*block.Start != Vector128.Create((byte)thread)) Assert.Fail("Another thread wrote here.");
            }
        });
        Assert.Equal(1, pool.Slabs);
    }
}
