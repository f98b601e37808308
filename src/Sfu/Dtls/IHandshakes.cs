using Sfu.Diagnostics;

namespace Sfu.Dtls;

/// <summary>Runs handshakes in the server's role for owners whose threads must not be held up. Any thread.</summary>
public interface IHandshakes
{
    /// <summary>Expects a peer's ClientHello.</summary>
    /// <param name="peerKey">Unique for this owner.</param>
    /// <param name="owner">Told what happens, until the end of the handshake.</param>
    /// <returns>False when there are too many handshakes, or one for this peer is under way.</returns>
    bool Begin(long peerKey, IHandshakeOwner owner);

    /// <summary>Copies a datagram of a peer for its handshake. The time from the queue to the callback is not bounded here.</summary>
    /// <returns><see cref="DropReason.DtlsUnexpected"/> when there is no such handshake (any more), <see cref="DropReason.DtlsQueueFull"/>, or <see cref="DropReason.None"/>.</returns>
    DropReason Receive(long peerKey, IHandshakeOwner owner, ReadOnlySpan<byte> datagram);

    /// <summary>Forgets a peer, at any stage and also when there is none.</summary>
    void Abandon(long peerKey, IHandshakeOwner owner);
}
