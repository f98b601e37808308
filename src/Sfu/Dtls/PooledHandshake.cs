using Sfu.Time;

namespace Sfu.Dtls;

/// <summary>A handshake's place in the pool, from <see cref="HandshakePool.Begin"/> on.</summary>
internal sealed class PooledHandshake(long id, HandshakeKey key, HandshakeThread thread)
{
    private volatile bool _abandoned;

    /// <summary>Datagrams that wait. Interlocked.</summary>
    public int Queued;

    /// <summary>Unlike the key never used again, so that a datagram that waits cannot reach a later handshake of the same peer.</summary>
    public long Id => id;

    public HandshakeKey Key => key;

    public HandshakeThread Thread => thread;

    public bool IsAbandoned => _abandoned;

    /// <summary>Null until the first datagram. The thread's alone, as is all below.</summary>
    public DtlsHandshake? Handshake { get; set; }

    /// <summary>The earliest entry of this handshake in the thread's queue of deadlines.</summary>
    public Instant ScheduledAt { get; set; } = Instant.Never;

    public bool IsReleased { get; set; }

    /// <summary>Any thread; no callback begins after it.</summary>
    public void Abandon() => _abandoned = true;
}
