using System.Diagnostics;
using System.Runtime.CompilerServices;
using Sfu.EndToEnd.Tests.Audio;

namespace Sfu.EndToEnd.Tests;

/// <summary>A process of Debian's aiortc that publishes by WHIP or listens by WHEP.</summary>
internal sealed class AiortcClient : IAsyncDisposable
{
    /// <summary>Debian's own, where its packages are, whatever else is on the path.</summary>
    public const string Python = "/usr/bin/python3";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Process _process;
    private readonly Task<string> _errors;
    private readonly string _recording;

    private AiortcClient(string purpose, Uri endpoint, string token, string file)
    {
        _recording = file;
        _process = Process.Start(new ProcessStartInfo(Python, [Script(), purpose, endpoint.ToString(), token, file])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        _errors = _process.StandardError.ReadToEndAsync();
    }

    /// <summary>Returns as soon as it is connected.</summary>
    public static Task<AiortcClient> Publish(Uri endpoint, string token, Speech speech) => Start("publish", endpoint, token, speech.Path);

    /// <inheritdoc cref="Publish"/>
    public static Task<AiortcClient> Listen(Uri endpoint, string token) =>
        Start("listen", endpoint, token, Path.Combine(Directory.CreateTempSubdirectory("sfu-aiortc-").FullName, "heard.pcm"));

    /// <summary>Sends DELETE twice.</summary>
    /// <returns>What both were answered with.</returns>
    public async Task<(string First, string Second)> Delete()
    {
        await _process.StandardInput.WriteLineAsync();
        return (await ReadLine(), await ReadLine());
    }

    /// <summary>What was heard up to now.</summary>
    public float[] Heard() => Wav.FromPcm(File.ReadAllBytes(_recording));

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static async Task<AiortcClient> Start(string purpose, Uri endpoint, string token, string file)
    {
        var client = new AiortcClient(purpose, endpoint, token, file);
        Assert.Equal("connected", await client.ReadLine());
        return client;
    }

    private async Task<string> ReadLine()
    {
        using var timeout = new CancellationTokenSource(Patience);
        return await _process.StandardOutput.ReadLineAsync(timeout.Token) ?? throw new InvalidOperationException(await _errors);
    }

    private static string Script([CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, "..", "Aiortc", "whip_client.py");
}
