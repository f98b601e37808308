using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sfu.LoadTest.Signalling;

/// <summary>A listener of a mountpoint of Janus's streaming plugin: it offers, the viewer answers once.</summary>
/// <param name="handle">Of the plugin, for this viewer alone.</param>
/// <param name="offer">SDP: ICE-lite with its candidates, one audio section that sends, with an SSRC of this viewer's.</param>
internal sealed class JanusViewer(JanusConnection connection, long handle, string offer)
{
    private const string Plugin = "janus.plugin.streaming";

    public string Offer => offer;

    public static async Task<JanusViewer> WatchAsync(JanusConnection connection, int mountpoint, CancellationToken cancellation)
    {
        long handle = await connection.AttachAsync(Plugin, cancellation);
        JsonElement answer = await connection.MessageAsync(
            handle, new JsonObject { ["request"] = "watch", ["id"] = mountpoint }, null, cancellation);
        return new JanusViewer(connection, handle, answer.GetProperty("jsep").GetProperty("sdp").GetString()!);
    }

    /// <summary>Audio flows when ICE and DTLS are done.</summary>
    public Task StartAsync(string answer, CancellationToken cancellation) =>
        connection.MessageAsync(
            handle, new JsonObject { ["request"] = "start" }, new JsonObject { ["type"] = "answer", ["sdp"] = answer }, cancellation);

    /// <summary>
    /// To the one section of Janus's offer, without candidates: Janus learns the address from the client's checks. It sends a check
    /// of its own back, although lite, and waits for the answer to that before it takes part in DTLS (libnice 0.1.21).
    /// </summary>
    public static string WriteAnswer(string usernameFragment, string password, string fingerprint) => string.Join(
        "\r\n",
        "v=0",
        "o=- 1 1 IN IP4 127.0.0.1",
        "s=-",
        "t=0 0",
        "a=group:BUNDLE a",
        "m=audio 9 UDP/TLS/RTP/SAVPF 111",
        "c=IN IP4 0.0.0.0",
        "a=mid:a",
        "a=recvonly",
        "a=rtcp-mux",
        "a=ice-ufrag:" + usernameFragment,
        "a=ice-pwd:" + password,
        "a=fingerprint:" + fingerprint,
        "a=setup:active",
        "a=rtpmap:111 opus/48000/2",
        "");
}
