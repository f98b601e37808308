using System.Diagnostics;
using System.Globalization;

namespace Sfu.EndToEnd.Tests;

/// <summary>A real coturn in a network of its own, on 127.0.0.1 and the usual port, with the secret of its REST scheme.</summary>
internal sealed class TurnServer : IAsyncDisposable
{
    public const string Secret = "north-by-northwest";
    public const int Port = 3478;

    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(20);

    private readonly Process _process;
    private readonly string _database = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
    private readonly TaskCompletionSource _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private TurnServer(NetworkNamespace network)
    {
        var start = new ProcessStartInfo { RedirectStandardOutput = true, RedirectStandardError = true };
        NetworkNamespace.Enter(network, start, "turnserver");
        string[] arguments =
        [
            "-n", "--no-cli", "--no-tls", "--no-dtls", "--log-file=stdout", "--simple-log", "--verbose",
            "--listening-ip=127.0.0.1", "--relay-ip=127.0.0.1", string.Create(CultureInfo.InvariantCulture, $"--listening-port={Port}"),
            "--realm=example.org", "--use-auth-secret", $"--static-auth-secret={Secret}", "--allow-loopback-peers",
            $"--userdb={_database}", "--pidfile=/dev/null",
        ];
        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Note(line.Data);
        _process.ErrorDataReceived += (_, line) => Note(line.Data);
    }

    public static async Task<TurnServer> Start(NetworkNamespace network)
    {
        Requirements.TurnServer();
        var server = new TurnServer(network);
        server._process.Start();
        server._process.BeginOutputReadLine();
        server._process.BeginErrorReadLine();
        await server._listening.Task.WaitAsync(StartTimeout);
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        File.Delete(_database);
    }

    private void Note(string? line)
    {
        if (line?.Contains("UDP listener opened", StringComparison.Ordinal) == true)
            _listening.TrySetResult();
    }
}
