using System.Net.WebSockets;

namespace Sfu.LoadTest.Signalling;

/// <summary>The protocol <c>sfu.v1</c> of our own server.</summary>
internal sealed class SfuSignalling : ISignalling
{
    private const string SubProtocol = "sfu.v1";

    private readonly HttpClient _http = new();
    private readonly HttpMessageInvoker _invoker = new(new SocketsHttpHandler { UseProxy = false, UseCookies = false });
    private readonly Tokens _tokens;
    private readonly Uri _address;

    public SfuSignalling(Uri server, string keyId, string? secret)
    {
        _tokens = new Tokens(_http, server, keyId, secret);
        _address = new UriBuilder(server) { Scheme = server.Scheme == Uri.UriSchemeHttps ? "wss" : "ws", Path = "/v1/ws" }.Uri;
    }

    public async Task<ClientIdentity> PrepareAsync(string name, string room, ClientRole role, CancellationToken cancellation) =>
        new(name, room, role, await _tokens.GetAsync(name, room, ClaimOf(role), cancellation));

    public async Task<ISignallingSession> JoinAsync(ClientIdentity identity, CancellationToken cancellation)
    {
        var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol(SubProtocol);
        socket.Options.KeepAliveInterval = TimeSpan.Zero;
        try
        {
            await socket.ConnectAsync(_address, _invoker, cancellation);
            return await SfuSession.JoinAsync(socket, identity, cancellation);
        }
        catch (WebSocketException e)
        {
            socket.Dispose();
            throw new SignallingException($"WebSocket: {e.Message}", e);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        _http.Dispose();
        _invoker.Dispose();
    }

    private static string ClaimOf(ClientRole role) => role switch
    {
        ClientRole.Moderator => "moderator",
        ClientRole.Speaker => "speaker",
        _ => "audience",
    };
}
