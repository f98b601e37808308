using System.Net;
using Sfu.Signalling.Tests.Support;

namespace Sfu.Signalling.Tests.WebSockets;

public sealed class WebSocketEndpointTests
{
    [Theory]
    [InlineData(null, "sfu.v1", null, HttpStatusCode.UpgradeRequired)]
    [InlineData("websocket", "sfu.v1", "https://evil.example", HttpStatusCode.Forbidden)]
    [InlineData("websocket", "sfu.v9", null, HttpStatusCode.BadRequest)]
    [InlineData("websocket", null, null, HttpStatusCode.BadRequest)]
    [InlineData("websocket", "other, sfu.v1", null, HttpStatusCode.SwitchingProtocols)]
    public async Task Only_a_websocket_of_our_protocol_and_origin_is_opened(string? upgrade, string? subprotocol, string? origin, HttpStatusCode status)
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();

        Assert.Equal(status, await UpgradeAsync(server, upgrade, subprotocol, origin));
    }

    [Fact]
    public async Task There_are_no_more_connections_than_allowed()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync(new() { ["Sfu:Signalling:MaxConnections"] = "1" });
        ProtocolClient only = await server.JoinAsync("lobby", "ada");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, await UpgradeAsync(server, "websocket", "sfu.v1", null));

        await only.CloseAsync(1000);
        while (await UpgradeAsync(server, "websocket", "sfu.v1", null) != HttpStatusCode.SwitchingProtocols)
            await Task.Yield();
    }

    private static async Task<HttpStatusCode> UpgradeAsync(ServerUnderTest server, string? upgrade, string? subprotocol, string? origin)
    {
        using HttpClient http = server.CreateHttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/ws");
        if (upgrade is not null)
        {
            request.Headers.Add("Connection", "Upgrade");
            request.Headers.Add("Upgrade", upgrade);
            request.Headers.Add("Sec-WebSocket-Version", "13");
            request.Headers.Add("Sec-WebSocket-Key", "MDEyMzQ1Njc4OWFiY2RlZg==");
        }

        if (subprotocol is not null)
            request.Headers.Add("Sec-WebSocket-Protocol", subprotocol);
        if (origin is not null)
            request.Headers.Add("Origin", origin);
        using HttpResponseMessage response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        return response.StatusCode;
    }
}
