using Sfu.Net;

namespace Sfu.Tcp;

/// <summary>Takes what arrives over TCP.</summary>
internal interface IFrameReceiver
{
    /// <summary>Workers, by index from 0 on.</summary>
    int Count { get; }

    /// <summary>Copies a packet to a worker; any thread.</summary>
    /// <returns>False when the worker has no room.</returns>
    bool TryPost(int worker, in NetworkPath path, ReadOnlySpan<byte> packet);
}
