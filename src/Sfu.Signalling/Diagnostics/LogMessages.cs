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

    [LoggerMessage(1020, LogLevel.Information, "From now on tokens are signed by the keys {Keys}")]
    public static partial void KeysTaken(this ILogger log, string keys);

    [LoggerMessage(1021, LogLevel.Warning, "The keys stay as they are; the new ones have errors: {Errors}")]
    public static partial void KeysNotTaken(this ILogger log, string errors);

    [LoggerMessage(1022, LogLevel.Information, "The TLS certificate {Subject} is in use, valid until {NotAfter}")]
    public static partial void CertificateTaken(this ILogger log, string subject, DateTime notAfter);

    [LoggerMessage(1023, LogLevel.Warning, "The TLS certificate stays as it is; the new files cannot be used: {Error}")]
    public static partial void CertificateNotTaken(this ILogger log, string error);

    [LoggerMessage(1101, LogLevel.Warning, "The webhook {Receiver} does not take events: {Problem}. They are tried again")]
    public static partial void WebhookFails(this ILogger log, string receiver, string problem);

    [LoggerMessage(1102, LogLevel.Information, "The webhook {Receiver} takes events again")]
    public static partial void WebhookWorksAgain(this ILogger log, string receiver);

    [LoggerMessage(1103, LogLevel.Error, "An event for the webhook {Receiver} could not be sent")]
    public static partial void WebhookFaulted(this ILogger log, Exception exception, string receiver);
}
