using System.Text.Json;
using Sfu.EndToEnd.Tests.Audio;

namespace Sfu.EndToEnd.Tests;

/// <summary>A process of GStreamer's webrtcbin that listens by WHEP, with NACK, RTX and RED.</summary>
internal sealed class GStreamerClient : IAsyncDisposable
{
    private readonly PythonClient _python;
    private readonly string _recording = Path.Combine(Directory.CreateTempSubdirectory("sfu-gstreamer-").FullName, "heard.pcm");

    private GStreamerClient(NetworkNamespace network, Uri endpoint, string token) =>
        _python = new PythonClient(network, "GStreamer/whep_client.py", endpoint.ToString(), token, _recording);

    /// <summary>Returns as soon as it is connected.</summary>
    /// <param name="network">With an address besides loopback, since libnice takes no other.</param>
    public static async Task<GStreamerClient> Listen(NetworkNamespace network, Uri endpoint, string token)
    {
        var client = new GStreamerClient(network, endpoint, token);
        Assert.Equal("connected", await client._python.ReadLine());
        return client;
    }

    /// <summary>What its elements counted up to now, by the names of their properties.</summary>
    public async Task<IReadOnlyDictionary<string, long>> Count()
    {
        await _python.WriteLine();
        return JsonSerializer.Deserialize<Dictionary<string, long>>(await _python.ReadLine())!;
    }

    /// <summary>What was heard up to now.</summary>
    public float[] Heard() => Wav.FromPcm(File.ReadAllBytes(_recording));

    public ValueTask DisposeAsync() => _python.DisposeAsync();
}
