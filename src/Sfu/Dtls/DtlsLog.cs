using Microsoft.Extensions.Logging;

namespace Sfu.Dtls;

/// <summary>The log messages of DTLS; ids 140 to 159.</summary>
internal static partial class DtlsLog
{
    [LoggerMessage(140, LogLevel.Error, "A handshake was given up because of an error in the code around it")]
    public static partial void HandshakeBroken(this ILogger logger, Exception exception);
}
