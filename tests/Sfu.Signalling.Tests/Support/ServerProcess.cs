using System.Collections.Concurrent;
using System.Diagnostics;

namespace Sfu.Signalling.Tests.Support;

/// <summary>The real executable, as an operator runs it.</summary>
internal sealed class ServerProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _output = [];
    private readonly ConcurrentQueue<string> _errors = [];
    private readonly TaskCompletionSource<Uri> _page = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ServerProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, e) => OnLine(e.Data);
        process.ErrorDataReceived += (_, e) =>
        {
            if (e.Data is not null)
                _errors.Enqueue(e.Data);
        };
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public IReadOnlyCollection<string> Output => _output;

    public string Errors => string.Join('\n', _errors);

    public static ServerProcess Start(string[] arguments, Dictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = Path.GetTempPath(),
        };
        start.ArgumentList.Add(typeof(Sfu.Signalling.Hosting.SignallingHost).Assembly.Location);
        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);
        foreach (string name in start.Environment.Keys.Where(name => name.StartsWith("ASPNETCORE_", StringComparison.Ordinal) || name.StartsWith("Sfu__", StringComparison.Ordinal)).ToArray())
            start.Environment.Remove(name);
        foreach ((string name, string value) in environment ?? [])
            start.Environment[name] = value;
        return new ServerProcess(new Process { StartInfo = start });
    }

    /// <summary>The address that the last line of the start names.</summary>
    public Task<Uri> PageAsync() => _page.Task.WaitAsync(Patience);

    public void Terminate()
    {
        using Process kill = Process.Start("kill", ["-TERM", _process.Id.ToString(null as IFormatProvider)]);
        kill.WaitForExit();
    }

    public async Task<int> ExitCodeAsync()
    {
        using var guard = new CancellationTokenSource(Patience);
        await _process.WaitForExitAsync(guard.Token);
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }

    private void OnLine(string? line)
    {
        if (line is null)
        {
            _page.TrySetException(new InvalidOperationException($"The server ended early. {Errors}"));
            return;
        }

        _output.Enqueue(line);
        if (line.StartsWith("Open http", StringComparison.Ordinal) || line.StartsWith("Serving http", StringComparison.Ordinal))
            _page.TrySetResult(new Uri(line.Split(' ')[1]));
    }
}
