using Microsoft.Extensions.Logging;

namespace Sfu.Net;

/// <summary>The log messages of the sockets; ids 100 to 119.</summary>
internal static partial class NetLog
{
    [LoggerMessage(100, LogLevel.Warning,
        "The kernel refused UDP segmentation on {Local} with errno {Errno}; datagrams leave one by one from now on")]
    public static partial void SegmentationRefused(this ILogger logger, TransportAddress local, int errno);
}
