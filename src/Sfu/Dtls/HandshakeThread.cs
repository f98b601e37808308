using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Sfu.Diagnostics;
using Sfu.Mailboxes;
using Sfu.Net;
using Sfu.Time;

namespace Sfu.Dtls;

/// <summary>One thread of the pool with its handshakes, the datagrams that wait for them, and their deadlines.</summary>
internal sealed class HandshakeThread : IDisposable
{
    /// <summary>Datagrams for one reading of the clock: some 5 ms of work.</summary>
    private const int Batch = 16;

    private readonly HandshakePool _pool;
    private readonly DtlsContext _context;
    private readonly MediaClock _clock;
    private readonly int _niceness;
    private readonly ILogger _logger;
    private readonly Thread _thread;
    private readonly EventLoop _loop = new();
    private readonly PacketMailbox<long> _datagrams;
    private readonly ConcurrentQueue<PooledHandshake> _abandoned = new();
    private readonly PriorityQueue<PooledHandshake, Instant> _deadlines = new();
    private readonly byte[] _outgoing;
    private volatile bool _stopping;

    public HandshakeThread(
        HandshakePool pool, string name, DtlsContext context, MediaClock clock, HandshakePoolOptions options, ILogger logger)
    {
        _pool = pool;
        _context = context;
        _clock = clock;
        _niceness = options.Niceness;
        _logger = logger;
        _outgoing = new byte[context.Mtu];
        _datagrams = new PacketMailbox<long>(options.MaxQueued, DtlsContext.MaxMtu, _loop.Wake);
        _thread = new Thread(Run) { Name = name, IsBackground = true };
    }

    public DropCounters Drops { get; } = new();

    public void Start() => _thread.Start();

    /// <summary>Any thread, as the next two.</summary>
    public bool TryPost(long id, ReadOnlySpan<byte> datagram) => _datagrams.TryPost(id, datagram);

    public void PostAbandoned(PooledHandshake handshake)
    {
        _abandoned.Enqueue(handshake);
        _loop.Wake();
    }

    public void Wake() => _loop.Wake();

    public void Stop()
    {
        _stopping = true;
        _loop.Wake();
    }

    /// <summary>After <see cref="Stop"/>.</summary>
    public void Dispose()
    {
        _thread.Join();
        _loop.Dispose();
    }

    private void Run()
    {
        ThreadNiceness.Add(_niceness);
        while (!_stopping)
        {
            Instant now = _clock.Now;
            while (_abandoned.TryDequeue(out PooledHandshake? abandoned))
                Release(abandoned);
            bool more = ReceiveBatch(now);
            MeetDeadlines(now);
            _loop.Wait(now, more ? now : NextDeadline, []);
        }

        while (_deadlines.TryDequeue(out PooledHandshake? handshake, out _))
            handshake.Handshake?.Dispose();
    }

    private Instant NextDeadline => _deadlines.TryPeek(out _, out Instant deadline) ? deadline : Instant.Never;

    /// <returns>True when more may wait.</returns>
    private bool ReceiveBatch(Instant now)
    {
        for (int i = 0; i < Batch; i++)
        {
            if (!_datagrams.TryPeek(out long id, out Span<byte> datagram))
                return false;
            if (_pool.TryFind(id, out PooledHandshake? handshake))
            {
                Interlocked.Decrement(ref handshake!.Queued);
                Receive(handshake, datagram, now);
            }

            _datagrams.Advance();
        }

        return true;
    }

    private void Receive(PooledHandshake handshake, ReadOnlySpan<byte> datagram, Instant now)
    {
        if (handshake.IsAbandoned || handshake.IsReleased)
            return;
        try
        {
            handshake.Handshake ??= new DtlsHandshake(_context, DtlsRole.Server, now, Drops);
            handshake.Handshake.Receive(datagram, now);
            Report(handshake, handshake.Handshake);
        }
        catch (Exception exception)
        {
            GiveUp(handshake, exception);
        }
    }

    private void MeetDeadlines(Instant now)
    {
        while (_deadlines.TryPeek(out PooledHandshake? handshake, out Instant at) && at <= now)
        {
            _deadlines.Dequeue();
            if (handshake.IsReleased || at != handshake.ScheduledAt)
                continue;
            handshake.ScheduledAt = Instant.Never;
            try
            {
                handshake.Handshake!.OnDeadline(now);
                Report(handshake, handshake.Handshake);
            }
            catch (Exception exception)
            {
                GiveUp(handshake, exception);
            }
        }
    }

    /// <summary>Tells the owner what the last step has brought.</summary>
    private void Report(PooledHandshake pooled, DtlsHandshake handshake)
    {
        (long peerKey, IHandshakeOwner owner) = pooled.Key;
        DtlsState state = handshake.State;
        if (state == DtlsState.Completed && !pooled.IsAbandoned)
            owner.HandshakeCompleted(peerKey, handshake.TakeResult());
        while (!pooled.IsAbandoned && handshake.TryTakeOutgoing(_outgoing, out int length))
            owner.SendHandshake(peerKey, _outgoing.AsSpan(0, length));

        if (state == DtlsState.InProgress)
        {
            Schedule(pooled, handshake.Deadline);
            return;
        }

        bool abandoned = pooled.IsAbandoned;
        Release(pooled);
        if (state != DtlsState.Failed)
            return;
        Drops.Count(DropReason.DtlsFailed);
        if (!abandoned)
            owner.HandshakeFailed(peerKey, handshake.Failure!);
    }

    /// <summary>Deadlines mostly move away: an entry that comes too early is put back when its time comes.</summary>
    private void Schedule(PooledHandshake handshake, Instant deadline)
    {
        if (deadline >= handshake.ScheduledAt)
            return;
        handshake.ScheduledAt = deadline;
        _deadlines.Enqueue(handshake, deadline);
    }

    private void GiveUp(PooledHandshake handshake, Exception exception)
    {
        _logger.HandshakeBroken(exception);
        Drops.Count(DropReason.DtlsFailed);
        Release(handshake);
        try
        {
            if (!handshake.IsAbandoned)
                handshake.Key.Owner.HandshakeFailed(handshake.Key.PeerKey, "internal error");
        }
        catch (Exception again)
        {
            _logger.HandshakeBroken(again);
        }
    }

    /// <summary>Its entry among the deadlines, if any, goes when its time comes.</summary>
    private void Release(PooledHandshake handshake)
    {
        if (handshake.IsReleased)
            return;
        handshake.IsReleased = true;
        handshake.Handshake?.Dispose();
        handshake.Handshake = null;
        _pool.Forget(handshake);
    }
}
