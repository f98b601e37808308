namespace Sfu.Signalling.Diagnostics;

/// <summary>Every log message of signalling. An id, once given, keeps its meaning.</summary>
internal static partial class LogMessages
{
    [LoggerMessage(1001, LogLevel.Debug, "A client was told {Code}: {Text}")]
    public static partial void ClientError(this ILogger log, string code, string text);

    [LoggerMessage(1002, LogLevel.Error, "A {Message} could not be carried out")]
    public static partial void MessageFailed(this ILogger log, Exception exception, string message);

    [LoggerMessage(1003, LogLevel.Information, "Stopping; {Connections} clients are told")]
    public static partial void Stopping(this ILogger log, int connections);

    [LoggerMessage(1004, LogLevel.Warning, "Media listens on loopback only: clients on other machines will hear nothing until Sfu:Media:BindAddresses is set, for example to ::")]
    public static partial void MediaOnLoopbackOnly(this ILogger log);

    [LoggerMessage(1005, LogLevel.Debug, "{Identity} joined {Room} as {Role}, session {Session}")]
    public static partial void Joined(this ILogger log, string identity, string room, string role, string session);

    [LoggerMessage(1006, LogLevel.Debug, "Session {Session} was resumed")]
    public static partial void Resumed(this ILogger log, string session);

    [LoggerMessage(1007, LogLevel.Debug, "The connection of session {Session} is gone")]
    public static partial void Detached(this ILogger log, string session);
}
