using Sfu.Diagnostics;
using Sfu.Dtls;
using Sfu.Time;

namespace Sfu.Tests.Dtls;

public sealed class HandshakePoolTests : IDisposable
{
    private const long Peer = 7;

    private readonly ObservedTime _time = new();
    private readonly DtlsContext _context = new(TestCertificates.Server);
    private readonly DtlsContext _clientContext = new(TestCertificates.Client);
    private readonly RecordingOwner _owner = new();
    private readonly byte[] _datagram = new byte[DtlsContext.DefaultMtu];

    public void Dispose()
    {
        _context.Dispose();
        _clientContext.Dispose();
    }

    [Fact]
    public void Many_handshakes_of_two_owners_with_the_same_peer_keys_complete_on_two_threads()
    {
        using HandshakePool pool = Pool(new HandshakePoolOptions { Threads = 2 });
        Parallel.Invoke(
            () => CompleteMany(pool, new RecordingOwner(), count: 100),
            () => CompleteMany(pool, new RecordingOwner(), count: 100));
        Assert.Equal(0, pool.InProgress);
    }

    [Fact]
    public void The_result_comes_before_the_final_flight()
    {
        // One at a time: what has been read does not count any more.
        using HandshakePool pool = Pool(new HandshakePoolOptions { MaxQueuedForPeer = 1 });
        using var client = new DtlsHandshake(_clientContext, DtlsRole.Client, default);
        pool.Begin(Peer, _owner);

        Post(pool, client);
        client.Receive(_owner.Take().Datagram, default);
        Post(pool, client);

        DtlsResult result = _owner.Take().Result!;
        byte[] flight = _owner.Take().Datagram!;
        Assert.Equal(DtlsState.Completed, client.Receive(flight, default));
        Assert.Equal(client.TakeResult().KeyingMaterial, result.KeyingMaterial);
        Assert.Equal(TestCertificates.Client.Der, result.PeerCertificate);
    }

    [Fact]
    public void After_the_end_datagrams_are_unexpected()
    {
        using HandshakePool pool = Pool();
        Assert.Equal(DropReason.DtlsUnexpected, pool.Receive(Peer, _owner, [1]));
        CompleteMany(pool, _owner, count: 1);
        Assert.Equal(DropReason.DtlsUnexpected, pool.Receive(0, _owner, [1]));
    }

    [Fact]
    public void A_flight_that_gets_no_answer_is_sent_again_and_then_given_up()
    {
        using HandshakePool pool = Pool();
        using var client = new DtlsHandshake(_clientContext, DtlsRole.Client, default);
        pool.Begin(Peer, _owner);
        Post(pool, client);
        int length = _owner.Take().Datagram!.Length;

        Advance(pool, TimeSpan.FromMilliseconds(400));
        Assert.Equal(length, _owner.Take().Datagram!.Length);

        Advance(pool, TimeSpan.FromSeconds(30));
        Assert.Equal("timed out", _owner.Take().Failure);
        Assert.Equal(1, pool.Drops.Sum(drops => drops[DropReason.DtlsFailed]));
    }

    [Fact]
    public void A_deadline_that_comes_nearer_is_met()
    {
        using HandshakePool pool = Pool();
        using var client = new DtlsHandshake(_clientContext, DtlsRole.Client, default);
        Assert.True(client.TryTakeOutgoing(_datagram, out int length));
        pool.Begin(Peer, _owner);
        foreach (byte[] half in ClientHelloCutter.Cut(_datagram[..length], backwards: false))
            pool.Receive(Peer, _owner, half);
        Assert.NotNull(_owner.Take().Datagram);

        Advance(pool, TimeSpan.FromMilliseconds(400));
        Assert.NotNull(_owner.Take().Datagram);
    }

    [Fact]
    public void A_peer_may_have_only_so_many_datagrams_waiting()
    {
        using HandshakePool pool = Pool(new HandshakePoolOptions { Threads = 1, MaxQueuedForPeer = 3 });
        using BlockedThread blocked = Block(pool);
        pool.Begin(Peer, _owner);

        for (int i = 0; i < 3; i++)
            Assert.Equal(DropReason.None, pool.Receive(Peer, _owner, [1]));
        Assert.Equal(DropReason.DtlsQueueFull, pool.Receive(Peer, _owner, [1]));
    }

    [Fact]
    public void A_thread_may_have_only_so_many_datagrams_waiting()
    {
        using HandshakePool pool = Pool(new HandshakePoolOptions { Threads = 1, MaxQueued = 4 });
        using BlockedThread blocked = Block(pool);
        DropReason[] reasons = [.. Enumerable.Range(0, 5).Select(peer =>
        {
            pool.Begin(peer, _owner);
            return pool.Receive(peer, _owner, [1]);
        })];

        // One cell holds the datagram that the thread is busy with.
        Assert.Equal([DropReason.None, DropReason.None, DropReason.None, DropReason.DtlsQueueFull, DropReason.DtlsQueueFull], reasons);
    }

    [Fact]
    public void There_may_be_only_so_many_handshakes_and_one_for_a_peer()
    {
        using HandshakePool pool = Pool(new HandshakePoolOptions { MaxHandshakes = 2 });
        Assert.True(pool.Begin(1, _owner));
        Assert.False(pool.Begin(1, _owner));
        Assert.True(pool.Begin(2, _owner));
        Assert.False(pool.Begin(3, _owner));
        Assert.Equal(2, pool.InProgress);
    }

    [Fact]
    public void An_abandoned_handshake_is_forgotten_and_its_owner_hears_no_more_of_it()
    {
        using HandshakePool pool = Pool(new HandshakePoolOptions { Threads = 1 });
        using var client = new DtlsHandshake(_clientContext, DtlsRole.Client, default);
        pool.Begin(Peer, _owner);
        Post(pool, client);
        _owner.Take();

        pool.Abandon(Peer, _owner);
        Assert.Equal(DropReason.DtlsUnexpected, pool.Receive(Peer, _owner, [1]));
        Assert.True(SpinWait.SpinUntil(() => pool.InProgress == 0, RecordingOwner.Hang));

        Advance(pool, TimeSpan.FromSeconds(31));
        CompleteMany(pool, new RecordingOwner(), count: 1);
        Assert.True(_owner.IsEmpty);
        pool.Abandon(Peer, _owner);
        Assert.True(pool.Begin(Peer, _owner));
    }

    [Fact]
    public void An_owner_that_throws_harms_only_its_own_handshake()
    {
        using HandshakePool pool = Pool(new HandshakePoolOptions { Threads = 1 });
        using var client = new DtlsHandshake(_clientContext, DtlsRole.Client, default);
        _owner.OnCallback = () => throw new InvalidOperationException("Tell nobody.");
        pool.Begin(Peer, _owner);
        Post(pool, client);
        Assert.NotNull(_owner.Take().Datagram);
        Assert.Equal("internal error", _owner.Take().Failure);

        CompleteMany(pool, new RecordingOwner(), count: 2);
        Assert.Equal(0, pool.InProgress);
    }

    [Fact]
    public void The_threads_step_back_behind_the_workers()
    {
        using HandshakePool pool = Pool();
        using var client = new DtlsHandshake(_clientContext, DtlsRole.Client, default);
        int niceness = 0;
        using var seen = new ManualResetEventSlim();
        _owner.OnCallback = () =>
        {
            niceness = ThreadNiceness.Current;
            seen.Set();
        };
        pool.Begin(Peer, _owner);
        Post(pool, client);
        seen.Wait(TestContext.Current.CancellationToken);

        Assert.Equal(Math.Min(ThreadNiceness.Current + 5, 19), niceness);
    }

    [Fact]
    public void Disposal_cuts_off_what_is_under_way()
    {
        HandshakePool pool = Pool();
        using var client = new DtlsHandshake(_clientContext, DtlsRole.Client, default);
        pool.Begin(Peer, _owner);
        Post(pool, client);
        _owner.Take();
        pool.Dispose();
        Assert.Equal(DropReason.DtlsUnexpected, pool.Receive(Peer, _owner, [1]));
        Assert.True(_owner.IsEmpty);
    }

    private HandshakePool Pool(HandshakePoolOptions? options = null) =>
        new(_context, new MediaClock(_time), options ?? new HandshakePoolOptions { Threads = 1 });

    /// <summary>Returns when the pool, which has one thread, goes by the new time: what comes after this is not received at the old one.</summary>
    private void Advance(HandshakePool pool, TimeSpan span)
    {
        _time.Advance(span);
        pool.Wake();
        Assert.True(SpinWait.SpinUntil(() => _time.IsSeen, RecordingOwner.Hang));
    }

    private void Post(HandshakePool pool, DtlsHandshake client)
    {
        while (client.TryTakeOutgoing(_datagram, out int length))
            Assert.Equal(DropReason.None, pool.Receive(Peer, _owner, _datagram.AsSpan(0, length)));
    }

    /// <summary>Holds the pool's only thread within a callback.</summary>
    private BlockedThread Block(HandshakePool pool)
    {
        using var client = new DtlsHandshake(_clientContext, DtlsRole.Client, default);
        var blocked = new BlockedThread();
        Assert.True(client.TryTakeOutgoing(_datagram, out int length));
        pool.Begin(Peer, blocked.Owner);
        pool.Receive(Peer, blocked.Owner, _datagram.AsSpan(0, length));
        blocked.Owner.Take();
        return blocked;
    }

    private void CompleteMany(HandshakePool pool, RecordingOwner owner, int count)
    {
        byte[] datagram = new byte[DtlsContext.DefaultMtu];
        DtlsHandshake[] clients = [.. Enumerable.Range(0, count).Select(_ => new DtlsHandshake(_clientContext, DtlsRole.Client, default))];
        var results = new DtlsResult?[count];
        for (int i = 0; i < count; i++)
        {
            Assert.True(pool.Begin(i, owner));
            Drain(i);
        }

        while (clients.Any(client => client.State == DtlsState.InProgress))
        {
            RecordingOwner.Told told = owner.Take();
            Assert.Null(told.Failure);
            results[told.PeerKey] ??= told.Result;
            if (told.Datagram is null)
                continue;
            clients[told.PeerKey].Receive(told.Datagram, default);
            Drain(told.PeerKey);
        }

        for (int i = 0; i < count; i++)
            Assert.Equal(clients[i].TakeResult().KeyingMaterial, results[i]!.KeyingMaterial);

        // The end is told before it is entered in the books.
        Assert.True(SpinWait.SpinUntil(
            () => Enumerable.Range(0, count).All(i => pool.Receive(i, owner, [1]) == DropReason.DtlsUnexpected), RecordingOwner.Hang));

        void Drain(long peer)
        {
            while (clients[peer].TryTakeOutgoing(datagram, out int length))
                Assert.Equal(DropReason.None, pool.Receive(peer, owner, datagram.AsSpan(0, length)));
        }
    }

    private sealed class BlockedThread : IDisposable
    {
        private readonly ManualResetEventSlim _release = new();

        public BlockedThread() => Owner.OnCallback = _release.Wait;

        public RecordingOwner Owner { get; } = new();

        public void Dispose() => _release.Set();
    }
}
