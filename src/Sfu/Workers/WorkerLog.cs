using System.Net;
using Microsoft.Extensions.Logging;

namespace Sfu.Workers;

/// <summary>Events 200..299.</summary>
internal static partial class WorkerLog
{
    [LoggerMessage(200, LogLevel.Information, "Worker {Worker} listens on {EndPoint}; socket buffers granted: receive {ReceiveBytes} bytes, send {SendBytes} bytes; UDP segmentation {Segmentation}")]
    public static partial void SocketOpened(this ILogger log, int worker, IPEndPoint endPoint, int receiveBytes, int sendBytes, bool segmentation);

    [LoggerMessage(201, LogLevel.Error, "A turn of worker {Worker} failed; it goes on with the next one")]
    public static partial void TurnFailed(this ILogger log, Exception fault, int worker);

    [LoggerMessage(202, LogLevel.Information, "The DTLS handshake of peer {Peer} on worker {Worker} failed: {Reason}")]
    public static partial void HandshakeFailed(this ILogger log, int worker, long peer, string reason);
}
