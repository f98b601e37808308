using Sfu.TestKit.Diagnostics;
using Sfu.TestKit.Fuzzing;

namespace Sfu.Tests.Fuzzing;

public sealed class MutatorTests
{
    private static readonly byte[][] Corpus = [[1, 2, 3, 4, 5, 6, 7, 8], new byte[100], []];

    [Fact]
    public void The_same_seed_gives_the_same_datagrams()
    {
        var one = new Mutator(7, Corpus);
        var two = new Mutator(7, Corpus);
        for (int i = 0; i < 2_000; i++)
            Assert.True(one.Next().SequenceEqual(two.Next()));
    }

    [Fact]
    public void Datagrams_are_changed_shortened_and_lengthened()
    {
        var mutator = new Mutator(1, new byte[40]);
        int shorter = 0, longer = 0, changed = 0, same = 0;
        for (int i = 0; i < 10_000; i++)
        {
            ReadOnlySpan<byte> datagram = mutator.Next();
            if (datagram.Length < 40)
                shorter++;
            else if (datagram.Length > 40)
                longer++;
            else if (datagram.ContainsAnyExcept((byte)0))
                changed++;
            else
                same++;
        }

        Assert.All([shorter, longer, changed, same], count => Assert.True(count > 500, $"{shorter} {longer} {changed} {same}"));
    }

    [Fact]
    public void It_does_not_allocate()
    {
        var mutator = new Mutator(3, Corpus);
        long allocated = Allocations.Of(() =>
        {
            for (int i = 0; i < 10_000; i++)
                mutator.Next();
        });

        Assert.Equal(0, allocated);
    }
}
