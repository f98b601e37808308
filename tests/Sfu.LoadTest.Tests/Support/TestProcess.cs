using System.Diagnostics;
using System.Reflection;
using System.Text;

namespace Sfu.LoadTest.Tests.Support;

/// <summary>One of our executables, as an operator runs it.</summary>
internal sealed class TestProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly List<(string Words, TaskCompletionSource<string> Seen)> _awaited = [];

    public TestProcess(Assembly assembly, params string[] arguments)
    {
        string dotnet = Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet";
        var start = new ProcessStartInfo(dotnet, [assembly.Location, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        foreach (string name in start.Environment.Keys.Where(name => name.StartsWith("ASPNETCORE_", StringComparison.Ordinal) || name.StartsWith("Sfu__", StringComparison.Ordinal)).ToArray())
            start.Environment.Remove(name);
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, e) => OnLine(e.Data);
        _process.ErrorDataReceived += (_, e) => OnLine(e.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>Of both streams.</summary>
    public string Output
    {
        get
        {
            lock (_output)
                return _output.ToString();
        }
    }

    /// <summary>The first line with these words.</summary>
    public Task<string> LineAsync(string words)
    {
        lock (_output)
        {
            if (Output.Split('\n').FirstOrDefault(line => line.Contains(words, StringComparison.Ordinal)) is { } line)
                return Task.FromResult(line);
            var seen = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
            _awaited.Add((words, seen));
            return seen.Task.WaitAsync(Patience);
        }
    }

    public void Kill() => _process.Kill();

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
            return;
        lock (_output)
        {
            _output.Append(line).Append('\n');
            foreach ((string words, TaskCompletionSource<string> seen) in _awaited)
            {
                if (line.Contains(words, StringComparison.Ordinal))
                    seen.TrySetResult(line);
            }
        }
    }
}
