using Sfu.EndToEnd.Tests.Audio;

namespace Sfu.EndToEnd.Tests;

/// <summary>A process of Debian's aiortc that publishes by WHIP or listens by WHEP.</summary>
internal sealed class AiortcClient : IAsyncDisposable
{
    private readonly PythonClient _python;
    private readonly string _recording;

    private AiortcClient(NetworkNamespace? network, string purpose, Uri endpoint, string token, string file)
    {
        _recording = file;
        _python = new PythonClient(network, "Aiortc/whip_client.py", purpose, endpoint.ToString(), token, file);
    }

    /// <summary>Returns as soon as it is connected.</summary>
    /// <param name="network">Where it runs; null for where the test does.</param>
    public static Task<AiortcClient> Publish(Uri endpoint, string token, Speech speech, NetworkNamespace? network = null) =>
        Start(network, "publish", endpoint, token, speech.Path);

    /// <inheritdoc cref="Publish"/>
    public static Task<AiortcClient> Listen(Uri endpoint, string token) =>
        Start(null, "listen", endpoint, token, Path.Combine(Directory.CreateTempSubdirectory("sfu-aiortc-").FullName, "heard.pcm"));

    /// <summary>Sends DELETE twice.</summary>
    /// <returns>What both were answered with.</returns>
    public async Task<(string First, string Second)> Delete()
    {
        await _python.WriteLine();
        return (await _python.ReadLine(), await _python.ReadLine());
    }

    /// <summary>What was heard up to now.</summary>
    public float[] Heard() => Wav.FromPcm(File.ReadAllBytes(_recording));

    public ValueTask DisposeAsync() => _python.DisposeAsync();

    private static async Task<AiortcClient> Start(NetworkNamespace? network, string purpose, Uri endpoint, string token, string file)
    {
        var client = new AiortcClient(network, purpose, endpoint, token, file);
        Assert.Equal("connected", await client._python.ReadLine());
        return client;
    }
}
