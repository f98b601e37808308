using System.Net;
using Microsoft.Extensions.Logging;

namespace Sfu.Tcp;

/// <summary>The log messages of TCP; ids 120 to 139.</summary>
internal static partial class TcpLog
{
    [LoggerMessage(120, LogLevel.Information, "ICE over TCP listens on {EndPoint}")]
    public static partial void TcpListening(this ILogger logger, IPEndPoint endPoint);

    [LoggerMessage(121, LogLevel.Warning, "A TCP connection could not be accepted: {Reason}")]
    public static partial void TcpAcceptFailed(this ILogger logger, string reason);
}
