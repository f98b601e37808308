using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Sfu.EndToEnd.Tests;

/// <summary>A process of one of the tests' Python scripts, which print lines and take lines.</summary>
internal sealed class PythonClient : IAsyncDisposable
{
    /// <summary>Debian's own, where its packages are, whatever else is on the path.</summary>
    private const string Python = "/usr/bin/python3";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Process _process;
    private readonly Task<string> _errors;

    /// <param name="network">Where it runs; null for where the test does.</param>
    /// <param name="script">Beneath the tests' sources.</param>
    public PythonClient(NetworkNamespace? network, string script, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        NetworkNamespace.Enter(network, start, Python);
        start.ArgumentList.Add(Path.Combine(Sources(), script));
        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);
        _process = Process.Start(start)!;
        _errors = _process.StandardError.ReadToEndAsync();
    }

    public Task WriteLine() => _process.StandardInput.WriteLineAsync();

    public async Task<string> ReadLine()
    {
        using var timeout = new CancellationTokenSource(Patience);
        return await _process.StandardOutput.ReadLineAsync(timeout.Token) ?? throw new InvalidOperationException(await _errors);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static string Sources([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "..");
}
