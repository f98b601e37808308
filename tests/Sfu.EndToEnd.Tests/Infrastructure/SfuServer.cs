using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Sfu.EndToEnd.Tests;

/// <summary>The real server as a process of its own, on ports that the system chooses.</summary>
internal sealed partial class SfuServer : IAsyncDisposable
{
    private const int SigTerm = 15;
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(20);

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _output = new();
    private readonly TaskCompletionSource<Uri> _page = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private SfuServer(NetworkNamespace? network, IEnumerable<string> settings)
    {
        var start = new ProcessStartInfo
        {
            WorkingDirectory = SourceDirectory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        NetworkNamespace.Enter(network, start, "dotnet");
        start.ArgumentList.Add(Metadata("ServerAssembly"));
        start.ArgumentList.Add("--urls=http://127.0.0.1:0");
        start.ArgumentList.Add("--Sfu:Media:Port=0");
        foreach (string setting in settings)
            start.ArgumentList.Add($"--{setting}");

        _process = new Process { StartInfo = start, EnableRaisingEvents = true };
        _process.OutputDataReceived += (_, line) => Note(line.Data);
        _process.ErrorDataReceived += (_, line) => Note(line.Data);
        _process.Exited += (_, _) => _page.TrySetException(new InvalidOperationException($"The server ended:\n{Output}"));
    }

    /// <summary>Where the server's sources are, which is where it runs.</summary>
    public static string SourceDirectory => Metadata("ServerDirectory");

    /// <summary>Where the page is.</summary>
    public Uri Page { get; private set; } = null!;

    /// <summary>UDP port of the first worker.</summary>
    public int MediaPort => int.Parse(MediaPortLine().Match(Output).Groups[1].Value, CultureInfo.InvariantCulture);

    /// <summary>Everything that it printed so far.</summary>
    public string Output => string.Join('\n', _output);

    /// <param name="settings">Such as <c>Sfu:Media:Workers=2</c>.</param>
    public static Task<SfuServer> Start(params string[] settings) => Start(network: null, settings);

    /// <inheritdoc cref="Start(string[])"/>
    /// <param name="network">Where it runs; null for where the test does.</param>
    public static async Task<SfuServer> Start(NetworkNamespace? network, params string[] settings)
    {
        var server = new SfuServer(network, settings);
        server._process.Start();
        server._process.BeginOutputReadLine();
        server._process.BeginErrorReadLine();
        server.Page = await server._page.Task.WaitAsync(StartTimeout);
        return server;
    }

    /// <summary>Opens a room as the page does; it waits some seconds for its first guest.</summary>
    /// <param name="room">The body of <c>POST /dev/rooms</c>.</param>
    public async Task Open(string room)
    {
        using var http = new HttpClient { BaseAddress = Page };
        using HttpResponseMessage response = await http.PostAsync("/dev/rooms", new StringContent(room, Encoding.UTF8, "application/json"));
        response.EnsureSuccessStatusCode();
    }

    /// <summary>A token as the page gets it.</summary>
    public async Task<string> Token(string room, string identity, string role)
    {
        using var http = new HttpClient { BaseAddress = Page };
        string wish = JsonSerializer.Serialize(new { room, identity, role });
        using HttpResponseMessage response = await http.PostAsync("/dev/token", new StringContent(wish, Encoding.UTF8, "application/json"));
        response.EnsureSuccessStatusCode();
        using JsonDocument body = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return body.RootElement.GetProperty("token").GetString()!;
    }

    /// <summary>Waits until a metric without labels has this value.</summary>
    public async Task Counts(string metric, int value, TimeSpan timeout)
    {
        using var http = new HttpClient { BaseAddress = Page };
        using var ended = new CancellationTokenSource(timeout);
        string line = string.Create(CultureInfo.InvariantCulture, $"\n{metric} {value}\n");
        while (!(await http.GetStringAsync("/metrics", ended.Token)).Contains(line, StringComparison.Ordinal))
            await Task.Delay(TimeSpan.FromMilliseconds(100), ended.Token);
    }

    /// <summary>SIGTERM, as an init system sends it.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> Terminate()
    {
        if (!_process.HasExited)
            _ = Kill(_process.Id, SigTerm);
        using var timeout = new CancellationTokenSource(StopTimeout);
        await _process.WaitForExitAsync(timeout.Token);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await Terminate();
        }
        catch (OperationCanceledException)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    private static string Metadata(string key) =>
        typeof(SfuServer).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(a => a.Key == key).Value!;

    private void Note(string? line)
    {
        if (line is null)
            return;
        _output.Enqueue(line);
        Match match = PageLine().Match(line);
        if (match.Success)
            _page.TrySetResult(new Uri(match.Groups[1].Value));
    }

    [GeneratedRegex(@"^(?:Open|Serving) (http://\S+)")]
    private static partial Regex PageLine();

    [GeneratedRegex(@"Worker 0 listens on [\d.]+:(\d+)")]
    private static partial Regex MediaPortLine();

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}
