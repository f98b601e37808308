using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Sfu.Signalling.Tests.Support;

/// <summary>Keeps every message.</summary>
internal sealed class RecordingLoggerProvider : ILoggerProvider
{
    private readonly ConcurrentQueue<(LogLevel Level, string Line)> _lines = [];

    /// <summary>And worse.</summary>
    public IReadOnlyCollection<string> Warnings => [.. _lines.Where(l => l.Level >= LogLevel.Warning).Select(l => l.Line)];

    /// <summary>As far down as the server's filters let them through.</summary>
    public IReadOnlyCollection<string> All => [.. _lines.Select(l => l.Line)];

    public ILogger CreateLogger(string categoryName) => new Recorder(categoryName, _lines);

    public void Dispose()
    {
    }

    private sealed class Recorder(string category, ConcurrentQueue<(LogLevel Level, string Line)> lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue((logLevel, $"{logLevel} {category} {formatter(state, exception)} {exception}"));
    }
}
