using System.Runtime.CompilerServices;

namespace Sfu.Srtp;

/// <summary>The replay windows of a peer, by SSRC: bounded, never evicted, as eviction would let old packets in again.</summary>
/// <remarks>Grows by doubling when an authenticated SSRC is new; most peers send one or none.</remarks>
/// <param name="maxSsrcs">At least 1.</param>
internal struct ReplayWindows(int maxSsrcs)
{
    private readonly int _maxSsrcs = maxSsrcs;
    private Entry[]? _entries;
    private int _count;

    public readonly bool IsFull => _count == _maxSsrcs;

    public readonly int Count => _count;

    /// <summary>A null reference if the SSRC is unknown; otherwise valid until the next <see cref="Add"/>.</summary>
    public readonly ref ReplayWindow Find(uint ssrc)
    {
        for (int i = 0; i < _count; i++)
        {
            if (_entries![i].Ssrc == ssrc) return ref _entries[i].Window;
        }

        return ref Unsafe.NullRef<ReplayWindow>();
    }

    /// <summary>The caller has checked that there is room and has authenticated the packet.</summary>
    public void Add(uint ssrc, long index)
    {
        if (_entries is null || _count == _entries.Length)
            Array.Resize(ref _entries, Math.Clamp(2 * _count, 1, _maxSsrcs));

        _entries[_count++] = new Entry { Ssrc = ssrc, Window = ReplayWindow.StartingAt(index) };
    }

    private struct Entry
    {
        public uint Ssrc;
        public ReplayWindow Window;
    }
}
