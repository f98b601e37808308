using Sfu.Mailboxes;

namespace Sfu.Tests.Mailboxes;

public sealed class MailboxTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private int _wakes;

    [Fact]
    public void Commands_come_out_in_the_order_they_were_posted()
    {
        Mailbox<string> mailbox = Create(4);

        Assert.True(mailbox.TryPost("a"));
        Assert.True(mailbox.TryPost("b"));

        Assert.Equal("a", Take(mailbox));
        Assert.True(mailbox.TryPost("c"));
        Assert.Equal("b", Take(mailbox));
        Assert.Equal("c", Take(mailbox));
        Assert.False(mailbox.TryTake(out string? none));
        Assert.Null(none);
    }

    [Fact]
    public void A_full_mailbox_refuses_until_one_is_taken()
    {
        Mailbox<string> mailbox = Create(4);
        for (int i = 0; i < 4; i++)
            Assert.True(mailbox.TryPost($"{i}"));

        Assert.False(mailbox.TryPost("too much"));
        Assert.Equal("0", Take(mailbox));
        Assert.True(mailbox.TryPost("4"));
        Assert.False(mailbox.TryPost("too much"));
        Assert.Equal(["1", "2", "3", "4"], Enumerable.Range(0, 4).Select(_ => Take(mailbox)));
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(2, 2)]
    [InlineData(5, 8)]
    [InlineData(1024, 1024)]
    public void The_capacity_is_a_power_of_two(int asked, int granted) => Assert.Equal(granted, Create(asked).Capacity);

    [Fact]
    public void Each_post_wakes_and_a_refused_one_does_not()
    {
        Mailbox<string> mailbox = Create(2);
        mailbox.TryPost("a");
        mailbox.TryPost("b");
        mailbox.TryPost("refused");

        Assert.Equal(2, _wakes);
    }

    [Fact]
    public void A_command_that_was_taken_is_not_held()
    {
        Mailbox<object> mailbox = new(2, () => { });
        WeakReference taken = PostAndTake(mailbox);

        GC.Collect();

        Assert.False(taken.IsAlive);
        GC.KeepAlive(mailbox);
    }

    [Theory]
    [InlineData(2, 2_000)] // Nearly each of them waits for another thread's turn on a core.
    [InlineData(64, 50_000)]
    [InlineData(1 << 16, 50_000)]
    public async Task Several_producers_lose_nothing_and_keep_their_order(int capacity, int commands)
    {
        const int producers = 4;
        Mailbox<Tuple<int, int>> mailbox = new(capacity, () => { });
        CancellationToken cancelled = TestContext.Current.CancellationToken;
        Task[] posting = [.. Enumerable.Range(0, producers).Select(producer => Task.Run(() =>
        {
            SpinWait spin = default;
            for (int i = 0; i < commands; i++)
            {
                Tuple<int, int> command = new(producer, i);
                while (!mailbox.TryPost(command))
                    spin.SpinOnce(sleep1Threshold: -1);
            }
        }, cancelled))];

        int[] next = new int[producers];
        Task taking = Task.Run(() =>
        {
            SpinWait spin = default;
            for (int left = producers * commands; left > 0; left--)
            {
                Tuple<int, int>? command;
                while (!mailbox.TryTake(out command))
                    spin.SpinOnce(sleep1Threshold: -1);
                Assert.Equal(next[command.Item1]++, command.Item2);
            }
        }, cancelled);

        await Task.WhenAll([.. posting, taking]).WaitAsync(Patience, cancelled);
        Assert.All(next, count => Assert.Equal(commands, count));
        Assert.False(mailbox.TryTake(out _));
    }

    private static WeakReference PostAndTake(Mailbox<object> mailbox)
    {
        object command = new();
        mailbox.TryPost(command);
        mailbox.TryTake(out _);
        return new WeakReference(command);
    }

    private static string Take(Mailbox<string> mailbox)
    {
        Assert.True(mailbox.TryTake(out string? command));
        return command;
    }

    private Mailbox<string> Create(int capacity) => new(capacity, () => _wakes++);
}
