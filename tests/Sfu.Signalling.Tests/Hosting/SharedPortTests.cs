using System.Net;
using System.Net.Sockets;
using System.Text;
using Sfu.Signalling.Tests.Support;
using Sfu.V1;

namespace Sfu.Signalling.Tests.Hosting;

/// <summary>HTTP/1.1, WebSockets and HTTP/2 by prior knowledge on one cleartext port.</summary>
public sealed class SharedPortTests
{
    private const string Preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Everything_shares_the_port()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        using Backend backend = server.CreateBackend();
        using HttpClient http = server.CreateHttpClient();

        await backend.CreateAsync("lobby");
        await using ProtocolClient ada = await server.JoinAsync("lobby", "ada");
        using var second = new HttpRequestMessage(HttpMethod.Get, "/healthz") { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        using HttpResponseMessage overHttp2 = await http.SendAsync(second, Cancelled);
        using HttpResponseMessage overHttp1 = await http.GetAsync("/healthz", Cancelled);

        Assert.Equal((HttpVersion.Version20, HttpVersion.Version11), (overHttp2.Version, overHttp1.Version));
        Assert.False(overHttp2.Headers.Contains("Server"));
    }

    [Fact]
    public async Task A_preface_may_come_in_pieces()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        using TcpClient client = await ConnectAsync(server);

        foreach (char c in Preface)
        {
            client.GetStream().WriteByte((byte)c);
            await Task.Yield();
        }

        // SETTINGS, empty (RFC 9113 6.5); the server answers with its own.
        await client.GetStream().WriteAsync(new byte[] { 0, 0, 0, 4, 0, 0, 0, 0, 0 }, Cancelled);
        byte[] header = new byte[9];
        await client.GetStream().ReadExactlyAsync(header, Cancelled);
        Assert.Equal(4, header[3]);
    }

    [Theory]
    [InlineData("POST /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 0\r\n\r\n", "HTTP/1.1 405")]
    [InlineData("PRI * HTTP/1.0\r\n\r\n", "HTTP/1.1 405")]
    [InlineData("P", "")]
    public async Task What_only_begins_like_it_is_not_HTTP2(string sent, string answered)
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        using TcpClient client = await ConnectAsync(server);

        NetworkStream stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(sent), Cancelled);
        if (answered.Length == 0)
            client.Client.Shutdown(SocketShutdown.Send);

        using var reader = new StreamReader(stream);
        Assert.StartsWith(answered, await reader.ReadToEndAsync(Cancelled), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_says_nothing_does_not_hold_up_the_end()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        using TcpClient silent = await ConnectAsync(server);
        using Backend backend = server.CreateBackend();
        await backend.Rooms.ListRoomsAsync(new ListRoomsRequest(), backend.Options);

        await server.StopAsync().WaitAsync(TimeSpan.FromSeconds(7), Cancelled);
    }

    private static async Task<TcpClient> ConnectAsync(ServerUnderTest server)
    {
        var client = new TcpClient();
        await client.ConnectAsync(server.Address.Host, server.Address.Port, Cancelled);
        return client;
    }
}
