namespace Sfu.Net;

/// <summary>Where what is sent on TCP paths goes; beside the sockets of a worker.</summary>
public interface IFrameSender
{
    /// <summary>Copies, and never waits. Called by the worker whose peer the path belongs to.</summary>
    /// <param name="path">One of <see cref="NetworkPath.IsTcp"/>; its connection may have gone.</param>
    /// <param name="message">Packets one behind the other.</param>
    /// <param name="segmentSize">Bytes of each packet; the last one may be shorter.</param>
    void Send(in NetworkPath path, ReadOnlySpan<byte> message, int segmentSize);
}
