using System.Collections.Concurrent;
using Sfu.Dtls;

namespace Sfu.Tests.Dtls;

/// <summary>An owner that keeps all it is told, in order, for a test that waits for it.</summary>
internal sealed class RecordingOwner : IHandshakeOwner
{
    /// <summary>Only ends a test that would otherwise hang.</summary>
    public static readonly TimeSpan Hang = TimeSpan.FromSeconds(60);

    private readonly BlockingCollection<Told> _told = [];

    /// <summary>Runs within each callback, on the pool's thread.</summary>
    public Action OnCallback { get; set; } = () => { };

    public Told Take()
    {
        Assert.True(_told.TryTake(out Told? told, Hang));
        return told;
    }

    public bool IsEmpty => _told.Count == 0;

    public void SendHandshake(long peerKey, ReadOnlySpan<byte> datagram)
    {
        _told.Add(new Told(peerKey, Datagram: datagram.ToArray()));
        OnCallback();
    }

    public void HandshakeCompleted(long peerKey, DtlsResult result)
    {
        _told.Add(new Told(peerKey, Result: result));
        OnCallback();
    }

    public void HandshakeFailed(long peerKey, string reason)
    {
        _told.Add(new Told(peerKey, Failure: reason));
        OnCallback();
    }

    internal sealed record Told(long PeerKey, byte[]? Datagram = null, DtlsResult? Result = null, string? Failure = null);
}
