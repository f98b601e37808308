using Sfu.Mailboxes;
using Sfu.TestKit.Diagnostics;

namespace Sfu.Tests.Mailboxes;

public sealed class PacketMailboxTests
{
    private const int MaxPayload = 1200;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private int _wakes;

    [Fact]
    public void Headers_and_payloads_come_out_as_they_were_posted()
    {
        PacketMailbox<Header> mailbox = Create(4);
        byte[] payload = [1, 2, 3];
        Assert.True(mailbox.TryPost(new Header(7, 70), payload));
        Assert.True(mailbox.TryPost(new Header(8, 80), []));
        payload[0] = 99;

        Assert.Equal((new Header(7, 70), "010203"), Take(mailbox));
        Assert.Equal((new Header(8, 80), ""), Take(mailbox));
        Assert.False(mailbox.TryPeek(out _, out _));
    }

    [Fact]
    public void A_packet_stays_until_the_advance()
    {
        PacketMailbox<Header> mailbox = Create(4);
        mailbox.TryPost(new Header(1, 1), [1]);
        mailbox.TryPost(new Header(2, 2), [2]);

        Assert.True(mailbox.TryPeek(out Header first, out _));
        Assert.True(mailbox.TryPeek(out Header again, out _));
        Assert.Equal(first, again);
        mailbox.Advance();
        Assert.True(mailbox.TryPeek(out Header second, out _));
        Assert.Equal(2, second.Producer);
    }

    [Fact]
    public void An_empty_mailbox_cannot_be_advanced() =>
        Assert.Throws<InvalidOperationException>(Create(2).Advance);

    [Fact]
    public void A_full_mailbox_refuses_until_one_is_taken()
    {
        PacketMailbox<Header> mailbox = Create(4);
        for (byte i = 0; i < 4; i++)
            Assert.True(mailbox.TryPost(new Header(i, i), [i]));

        Assert.False(mailbox.TryPost(new Header(9, 9), [9]));
        Assert.True(mailbox.TryPeek(out _, out _));
        Assert.False(mailbox.TryPost(new Header(9, 9), [9]));
        mailbox.Advance();
        Assert.True(mailbox.TryPost(new Header(4, 4), [4]));
        Assert.Equal([1, 2, 3, 4], Enumerable.Range(0, 4).Select(_ => Take(mailbox).Header.Producer));
        Assert.Equal(5, _wakes);
    }

    [Fact]
    public void The_longest_payload_fits_and_touches_no_neighbour()
    {
        PacketMailbox<Header> mailbox = Create(2);
        byte[] longest = new byte[MaxPayload];
        longest.AsSpan().Fill(0xAB);
        for (int round = 0; round < 10; round++)
        {
            Assert.True(mailbox.TryPost(new Header(1, round), longest));
            Assert.True(mailbox.TryPost(new Header(2, round), longest));

            Assert.Equal((new Header(1, round), Convert.ToHexString(longest)), Take(mailbox));
            Assert.Equal((new Header(2, round), Convert.ToHexString(longest)), Take(mailbox));
        }
    }

    [Fact]
    public void A_payload_that_is_too_long_is_refused()
    {
        PacketMailbox<Header> mailbox = Create(2);

        Assert.False(mailbox.TryPost(new Header(1, 1), new byte[MaxPayload + 1]));
        Assert.False(mailbox.TryPeek(out _, out _));
        Assert.Equal(0, _wakes);
    }

    [Fact]
    public void Posting_and_taking_allocate_nothing()
    {
        PacketMailbox<Header> mailbox = new(8, MaxPayload, () => { });
        byte[] payload = new byte[100];
        int taken = 0;

        long allocated = Allocations.Of(() =>
        {
            for (int i = 0; i < 1000; i++)
            {
                mailbox.TryPost(new Header(1, i), payload);
                if (!mailbox.TryPeek(out _, out _))
                    continue;
                mailbox.Advance();
                taken++;
            }
        });

        Assert.Equal(0, allocated);
        Assert.InRange(taken, 1_000, 10_000);
    }

    [Theory]
    [InlineData(2, 2_000)] // Nearly each of them waits for another thread's turn on a core.
    [InlineData(64, 50_000)]
    [InlineData(1 << 13, 50_000)]
    public async Task Several_producers_lose_nothing_and_keep_their_order_and_bytes(int capacity, int packets)
    {
        const int producers = 4;
        PacketMailbox<Header> mailbox = new(capacity, MaxPayload, () => { });
        CancellationToken cancelled = TestContext.Current.CancellationToken;
        Task[] posting = [.. Enumerable.Range(0, producers).Select(producer => Task.Run(() =>
        {
            SpinWait spin = default;
            byte[] payload = new byte[MaxPayload];
            for (int i = 0; i < packets; i++)
            {
                Span<byte> packet = payload.AsSpan(0, i % (MaxPayload + 1));
                packet.Fill((byte)(producer + i));
                while (!mailbox.TryPost(new Header(producer, i), packet))
                    spin.SpinOnce(sleep1Threshold: -1);
            }
        }, cancelled))];

        int[] next = new int[producers];
        Task taking = Task.Run(() =>
        {
            SpinWait spin = default;
            for (int left = producers * packets; left > 0; left--)
            {
                Header header;
                Span<byte> payload;
                while (!mailbox.TryPeek(out header, out payload))
                    spin.SpinOnce(sleep1Threshold: -1);
                Assert.Equal(next[header.Producer]++, header.Number);
                Assert.Equal(header.Number % (MaxPayload + 1), payload.Length);
                Assert.False(payload.ContainsAnyExcept((byte)(header.Producer + header.Number)), "the bytes are another's");
                mailbox.Advance();
            }
        }, cancelled);

        await Task.WhenAll([.. posting, taking]).WaitAsync(Patience, cancelled);
        Assert.All(next, count => Assert.Equal(packets, count));
        Assert.False(mailbox.TryPeek(out _, out _));
    }

    private static (Header Header, string Payload) Take(PacketMailbox<Header> mailbox)
    {
        Assert.True(mailbox.TryPeek(out Header header, out Span<byte> payload));
        string hex = Convert.ToHexString(payload);
        mailbox.Advance();
        return (header, hex);
    }

    private PacketMailbox<Header> Create(int capacity) => new(capacity, MaxPayload, () => _wakes++);

    private readonly record struct Header(int Producer, long Number);
}
