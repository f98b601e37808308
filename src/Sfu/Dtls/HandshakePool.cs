using System.Collections.Concurrent;
using Sfu.Diagnostics;
using Sfu.Time;

namespace Sfu.Dtls;

internal sealed class HandshakePool : IHandshakes, IDisposable
{
    private readonly DtlsContext _context; private readonly MediaClock _clock;
    private readonly BlockingCollection<(long, IHandshakeOwner, byte[]?)> _queue = new(4096);
    private readonly Dictionary<(IHandshakeOwner, long), DtlsHandshake> _map = [];
    private readonly Thread _thread;
    public HandshakePool(DtlsContext context, MediaClock clock) { _context = context; _clock = clock; _thread = new Thread(Run) { IsBackground = true }; _thread.Start(); }
    public bool Begin(long peerKey, IHandshakeOwner owner) => true;
    public DropReason Receive(long peerKey, IHandshakeOwner owner, ReadOnlySpan<byte> datagram) => _queue.TryAdd((peerKey, owner, datagram.ToArray())) ? DropReason.None : DropReason.DtlsQueueFull;
    public void Abandon(long peerKey, IHandshakeOwner owner) => _queue.TryAdd((peerKey, owner, null));
    private void Run()
    {
        byte[] buffer = new byte[2048];
        while (!_queue.IsCompleted)
        {
            bool got = _queue.TryTake(out var item, 50);
            Instant now = _clock.Now;
            if (got)
            {
                (long key, IHandshakeOwner owner, byte[]? data) = item;
                if (data is null) { if (_map.Remove((owner, key), out var gone)) gone.Dispose(); continue; }
                if (!_map.TryGetValue((owner, key), out DtlsHandshake? h)) _map[(owner, key)] = h = new DtlsHandshake(_context, DtlsRole.Server, now);
                DtlsState state = h.Receive(data, now);
                while (h.TryTakeOutgoing(buffer, out int n)) owner.SendHandshake(key, buffer.AsSpan(0, n));
                if (state == DtlsState.Completed) { owner.HandshakeCompleted(key, h.TakeResult()); _map.Remove((owner, key)); h.Dispose(); }
                if (state == DtlsState.Failed) { owner.HandshakeFailed(key, h.Failure ?? ""); _map.Remove((owner, key)); h.Dispose(); }
            }
            foreach (var ((owner, key), h) in _map)
                if (h.Deadline <= now) { h.OnDeadline(now); while (h.TryTakeOutgoing(buffer, out int n)) owner.SendHandshake(key, buffer.AsSpan(0, n)); }
        }
    }
    public void Dispose() { _queue.CompleteAdding(); _thread.Join(); }
}
