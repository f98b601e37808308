using Sfu.Diagnostics;
using Sfu.Dtls;
using Sfu.Time;

namespace Sfu.TestKit.Dtls;

/// <summary>Handshakes on the caller's thread and on fake time: every callback comes before the call that caused it returns.</summary>
public sealed class InlineHandshakes(DtlsContext context, Instant start) : IHandshakes, IDisposable
{
    private readonly Dictionary<(long PeerKey, IHandshakeOwner Owner), DtlsHandshake> _handshakes = [];
    private readonly byte[] _datagram = new byte[context.Mtu];

    /// <summary>What <see cref="Receive"/> takes for the present.</summary>
    public Instant Now { get; private set; } = start;

    public DropCounters Drops { get; } = new();

    public int InProgress => _handshakes.Count;

    /// <summary>When <see cref="Advance"/> has something to do next.</summary>
    public Instant Deadline => _handshakes.Values.Aggregate(Instant.Never, (first, next) => Instant.Min(first, next.Deadline));

    public bool Begin(long peerKey, IHandshakeOwner owner)
    {
        if (_handshakes.ContainsKey((peerKey, owner)))
            return false;
        _handshakes.Add((peerKey, owner), new DtlsHandshake(context, DtlsRole.Server, Now, Drops));
        return true;
    }

    public DropReason Receive(long peerKey, IHandshakeOwner owner, ReadOnlySpan<byte> datagram)
    {
        if (!_handshakes.TryGetValue((peerKey, owner), out DtlsHandshake? handshake))
            return DropReason.DtlsUnexpected;
        handshake.Receive(datagram, Now);
        Report(peerKey, owner, handshake);
        return DropReason.None;
    }

    public void Abandon(long peerKey, IHandshakeOwner owner)
    {
        if (_handshakes.Remove((peerKey, owner), out DtlsHandshake? handshake))
            handshake.Dispose();
    }

    /// <summary>Moves the time on and sends again what is due.</summary>
    public void Advance(Instant now)
    {
        Now = now;
        foreach (((long peerKey, IHandshakeOwner owner), DtlsHandshake handshake) in _handshakes.ToArray())
        {
            if (handshake.Deadline > now)
                continue;
            handshake.OnDeadline(now);
            Report(peerKey, owner, handshake);
        }
    }

    public void Dispose()
    {
        foreach (DtlsHandshake handshake in _handshakes.Values)
            handshake.Dispose();
        _handshakes.Clear();
    }

    private void Report(long peerKey, IHandshakeOwner owner, DtlsHandshake handshake)
    {
        if (handshake.State != DtlsState.InProgress)
            _handshakes.Remove((peerKey, owner));
        if (handshake.State == DtlsState.Completed)
            owner.HandshakeCompleted(peerKey, handshake.TakeResult());
        while (handshake.TryTakeOutgoing(_datagram, out int length))
            owner.SendHandshake(peerKey, _datagram.AsSpan(0, length));
        if (handshake.State == DtlsState.Failed)
            owner.HandshakeFailed(peerKey, handshake.Failure!);
        if (handshake.State != DtlsState.InProgress)
            handshake.Dispose();
    }
}
