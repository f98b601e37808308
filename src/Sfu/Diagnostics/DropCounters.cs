namespace Sfu.Diagnostics;

/// <summary>One count for each <see cref="DropReason"/>.</summary>
/// <remarks>Written by the one thread that owns it; read at scrape by any thread. A 64-bit read is never torn on the platforms we run on.</remarks>
public sealed class DropCounters
{
    private readonly long[] _counts = new long[(int)DropReason.Count];

    /// <summary>Owner's thread only.</summary>
    public void Count(DropReason reason) => Volatile.Write(ref _counts[(int)reason], _counts[(int)reason] + 1);

    /// <inheritdoc cref="Count(DropReason)"/>
    public void Count(DropReason reason, long times) => Volatile.Write(ref _counts[(int)reason], _counts[(int)reason] + times);

    /// <summary>Any thread.</summary>
    public long this[DropReason reason] => Volatile.Read(ref _counts[(int)reason]);
}
