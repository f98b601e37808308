using System.Text.Json;
using System.Text.Json.Nodes;
using Sfu.Dtls;
using Sfu.Ice;

namespace Sfu.LoadTest.Signalling;

/// <summary>A listener of a mountpoint of Janus's streaming plugin: it offers, the listener answers once.</summary>
internal sealed class JanusSession : ISignallingSession
{
    private const string Plugin = "janus.plugin.streaming";

    private static readonly TimeSpan LeavePatience = TimeSpan.FromSeconds(2);

    private readonly JanusConnection _connection;
    private readonly long _handle;
    private readonly string _offer;

    private JanusSession(JanusConnection connection, long handle, string offer)
    {
        _connection = connection;
        _handle = handle;
        _offer = offer;
        Media = OfferText.Read(offer, csrc: null) with { HasOwnTimeline = true };
    }

    /// <summary>One slot, with an SSRC of this listener's.</summary>
    public ServerMedia Media { get; }

    public string? Ended => _connection.EndOf(_handle);

    /// <exception cref="SignallingException">Janus does not want to.</exception>
    public static async Task<JanusSession> WatchAsync(JanusConnection connection, int mountpoint, CancellationToken cancellation)
    {
        long handle = await connection.AttachAsync(Plugin, cancellation);
        JsonElement watching = await connection.MessageAsync(
            handle, new JsonObject { ["request"] = "watch", ["id"] = mountpoint }, null, cancellation);
        return new JanusSession(connection, handle, watching.GetProperty("jsep").GetProperty("sdp").GetString()!);
    }

    /// <summary>Audio flows when ICE and DTLS are done.</summary>
    public Task AnswerAsync(IceCredentials local, Fingerprint fingerprint, uint? microphoneSsrc, CancellationToken cancellation) =>
        _connection.MessageAsync(
            _handle,
            new JsonObject { ["request"] = "start" },
            new JsonObject { ["type"] = "answer", ["sdp"] = JanusAnswer.Write(_offer, local, fingerprint) },
            cancellation);

    public async ValueTask DisposeAsync()
    {
        using var patience = new CancellationTokenSource(LeavePatience);
        try
        {
            await _connection.DetachAsync(_handle, patience.Token);
        }
        catch (Exception e) when (e is SignallingException or OperationCanceledException or ObjectDisposedException or TimeoutException)
        {
            // It ends with the connection, then.
        }
    }
}
