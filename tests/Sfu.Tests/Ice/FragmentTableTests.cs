using System.Text;
using Sfu.Ice;
using Sfu.TestKit.Diagnostics;

namespace Sfu.Tests.Ice;

public sealed class FragmentTableTests
{
    [Fact]
    public void An_owner_is_found_by_the_receivers_half_of_the_username()
    {
        var table = new FragmentTable<string>();
        for (int i = 0; i < 1000; i++)
            Assert.True(table.TryAdd($"frag+{i}", $"owner {i}"));

        for (int i = 0; i < 1000; i++)
        {
            Assert.True(table.TryFind(Encoding.ASCII.GetBytes($"frag+{i}:whoever"), out string? owner));
            Assert.Equal($"owner {i}", owner);
        }

        Assert.False(table.TryFind("frag+1000:whoever"u8, out _));
        Assert.False(table.TryFind("frag+1"u8, out _));
        Assert.False(table.TryFind(":frag+1"u8, out _));
        Assert.False(table.TryFind([], out _));
        Assert.False(table.TryFind([0xFF, 0x80, (byte)':'], out _));
    }

    [Fact]
    public void A_fragment_has_one_owner()
    {
        var table = new FragmentTable<string>();
        Assert.True(table.TryAdd("abcd", "first"));
        Assert.False(table.TryAdd("abcd", "second"));
        Assert.True(table.TryFind("abcd:x"u8, out string? owner));
        Assert.Equal("first", owner);
    }

    [Fact]
    public void A_removed_fragment_is_found_no_more()
    {
        var table = new FragmentTable<string>();
        table.TryAdd("abcd", "first");
        Assert.True(table.Remove("abcd"));
        Assert.False(table.Remove("abcd"));
        Assert.False(table.TryFind("abcd:x"u8, out _));
        Assert.Equal(0, table.Count);
    }

    [Fact]
    public void Finding_does_not_allocate()
    {
        var table = new FragmentTable<string>();
        table.TryAdd("abcdefgh", "owner");
        bool all = true;
        long allocated = Allocations.Of(() =>
        {
            for (int i = 0; i < 1000; i++)
                all &= table.TryFind("abcdefgh:ijkl"u8, out _) && !table.TryFind("abcdefgg:ijkl"u8, out _);
        });

        Assert.Equal(0, allocated);
        Assert.True(all);
    }
}
