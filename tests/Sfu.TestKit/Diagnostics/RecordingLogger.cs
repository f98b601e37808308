using Microsoft.Extensions.Logging;

namespace Sfu.TestKit.Diagnostics;

/// <summary>Keeps the id and the text of what is logged. One thread.</summary>
public sealed class RecordingLogger : ILogger
{
    public List<(int Id, string Text)> Messages { get; } = [];

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Messages.Add((eventId.Id, formatter(state, exception)));
}
