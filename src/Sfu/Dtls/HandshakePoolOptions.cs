namespace Sfu.Dtls;

/// <summary>The bounds of a <see cref="HandshakePool"/>.</summary>
public sealed record HandshakePoolOptions
{
    /// <summary>0 means half of the cores, at least one.</summary>
    public int Threads { get; init; }

    /// <summary>Begun and not ended. One that has received something takes about 80 KB.</summary>
    public int MaxHandshakes { get; init; } = 8_192;

    /// <summary>Datagrams that may wait for each thread, 1.5 KB each.</summary>
    public int MaxQueued { get; init; } = 2_048;

    /// <summary>Datagrams of one peer that may wait: two flights of a client with a long certificate chain.</summary>
    public int MaxQueuedForPeer { get; init; } = 16;

    /// <summary>Added to the nice value of the threads (setpriority(2)), so that the workers come first where cores are short.</summary>
    public int Niceness { get; init; } = 5;
}
