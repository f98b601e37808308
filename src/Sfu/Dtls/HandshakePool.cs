using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Sfu.Diagnostics;
using Sfu.Time;

namespace Sfu.Dtls;

/// <summary>Runs handshakes on threads of its own, beside the workers: half a millisecond of public-key arithmetic never holds up a packet.</summary>
/// <remarks>
/// A handshake belongs to one thread from its beginning to its end. Everything is bounded: handshakes, datagrams that wait for a
/// thread, datagrams that wait for a peer; what exceeds a bound is dropped and told, and retransmission mends it.
/// Posting a datagram takes no lock and allocates nothing.
/// </remarks>
public sealed class HandshakePool : IHandshakes, IDisposable
{
    private readonly HandshakePoolOptions _options;
    private readonly HandshakeThread[] _threads;
    private readonly ConcurrentDictionary<HandshakeKey, PooledHandshake> _byKey = new();
    private readonly ConcurrentDictionary<long, PooledHandshake> _byId = new();
    private int _count;
    private long _lastId;

    /// <param name="context">May be disposed after the pool only.</param>
    /// <param name="clock">Read once for each batch of datagrams.</param>
    /// <param name="options">Defaults when null.</param>
    /// <param name="logger">Hears of errors of the owners.</param>
    public HandshakePool(DtlsContext context, MediaClock clock, HandshakePoolOptions? options = null, ILogger<HandshakePool>? logger = null)
    {
        _options = options ?? new HandshakePoolOptions();
        int threads = _options.Threads > 0 ? _options.Threads : Math.Max(1, Environment.ProcessorCount / 2);
        _threads = new HandshakeThread[threads];
        for (int i = 0; i < threads; i++)
            _threads[i] = new HandshakeThread(this, $"sfu-dtls-{i}", context, clock, _options, logger ?? NullLogger<HandshakePool>.Instance);
        foreach (HandshakeThread thread in _threads)
            thread.Start();
    }

    /// <summary>Begun and not ended.</summary>
    public int InProgress => Volatile.Read(ref _count);

    /// <summary>One for each thread: what handshakes ignored, and <see cref="DropReason.DtlsFailed"/> for each that failed.</summary>
    public IReadOnlyList<DropCounters> Drops => [.. _threads.Select(thread => thread.Drops)];

    public bool Begin(long peerKey, IHandshakeOwner owner)
    {
        if (Interlocked.Increment(ref _count) > _options.MaxHandshakes)
        {
            Interlocked.Decrement(ref _count);
            return false;
        }

        long id = Interlocked.Increment(ref _lastId);
        var handshake = new PooledHandshake(id, new HandshakeKey(peerKey, owner), _threads[id % _threads.Length]);
        _byId[id] = handshake;
        if (_byKey.TryAdd(handshake.Key, handshake))
            return true;
        Forget(handshake);
        return false;
    }

    public DropReason Receive(long peerKey, IHandshakeOwner owner, ReadOnlySpan<byte> datagram)
    {
        if (!_byKey.TryGetValue(new HandshakeKey(peerKey, owner), out PooledHandshake? handshake))
            return DropReason.DtlsUnexpected;
        if (datagram.IsEmpty || datagram.Length > DtlsContext.MaxMtu)
            return DropReason.DtlsMalformed;
        if (Interlocked.Increment(ref handshake.Queued) <= _options.MaxQueuedForPeer && handshake.Thread.TryPost(handshake.Id, datagram))
            return DropReason.None;
        Interlocked.Decrement(ref handshake.Queued);
        return DropReason.DtlsQueueFull;
    }

    public void Abandon(long peerKey, IHandshakeOwner owner)
    {
        if (!_byKey.TryRemove(new HandshakeKey(peerKey, owner), out PooledHandshake? handshake))
            return;
        handshake.Abandon();
        handshake.Thread.PostAbandoned(handshake);
    }

    /// <summary>Returns when the threads have ended; no callback comes after that, and none says that a handshake was cut off. Not from a callback.</summary>
    public void Dispose()
    {
        foreach (HandshakeThread thread in _threads)
            thread.Stop();
        foreach (HandshakeThread thread in _threads)
            thread.Dispose();
        _byKey.Clear();
        _byId.Clear();
    }

    /// <summary>Lets the threads look at a clock that has been moved by hand.</summary>
    internal void Wake()
    {
        foreach (HandshakeThread thread in _threads)
            thread.Wake();
    }

    internal bool TryFind(long id, out PooledHandshake? handshake) => _byId.TryGetValue(id, out handshake);

    /// <summary>Once for each handshake, when nothing of it is left.</summary>
    internal void Forget(PooledHandshake handshake)
    {
        Interlocked.Decrement(ref _count);
        _byId.TryRemove(handshake.Id, out _);
        _byKey.TryRemove(new KeyValuePair<HandshakeKey, PooledHandshake>(handshake.Key, handshake));
    }
}
