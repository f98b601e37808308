namespace Sfu.Tcp;

/// <summary>What TCP connections did. Any thread.</summary>
public sealed class TcpCounters
{
    private readonly long[] _closed = new long[(int)TcpCloseReason.Count];
    private long _opened;
    private long _framesReceived;
    private long _framesSent;
    private long _framesRefused;
    private long _framesDropped;

    /// <summary>Connections that were accepted and within the limits.</summary>
    public long Opened => Interlocked.Read(ref _opened);

    /// <summary>Packets handed to workers.</summary>
    public long FramesReceived => Interlocked.Read(ref _framesReceived);

    /// <summary>Packets that went into the queue of a connection.</summary>
    public long FramesSent => Interlocked.Read(ref _framesSent);

    /// <summary>Packets that a worker had no room for.</summary>
    public long FramesRefused => Interlocked.Read(ref _framesRefused);

    /// <summary>Packets that a client was too slow to take, the oldest ones; and those to connections that have gone.</summary>
    public long FramesDropped => Interlocked.Read(ref _framesDropped);

    public long Closed(TcpCloseReason reason) => Interlocked.Read(ref _closed[(int)reason]);

    internal void CountOpened() => Interlocked.Increment(ref _opened);

    internal void CountClosed(TcpCloseReason reason) => Interlocked.Increment(ref _closed[(int)reason]);

    internal void CountReceived(bool taken) => Interlocked.Increment(ref taken ? ref _framesReceived : ref _framesRefused);

    internal void CountSent(int frames) => Interlocked.Add(ref _framesSent, frames);

    internal void CountDropped(int frames) => Interlocked.Add(ref _framesDropped, frames);
}
