using System.Net.Sockets;
using System.Text;
using Sfu.Signalling.Tests.Support;

namespace Sfu.Signalling.Tests.WebSockets;

public sealed class SlowClientTests
{
    [Fact]
    public async Task A_client_that_does_not_read_is_cut_and_others_go_on()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync(new()
        {
            ["Sfu:Signalling:OutboxMessages"] = "8",
            ["Sfu:Signalling:CloseTimeout"] = "500ms",
            ["Sfu:Signalling:MessagesPerSecond"] = "100000",
            ["Sfu:Signalling:MessageBurst"] = "100000",
        });
        await using ProtocolClient other = await server.JoinAsync("lobby", "bob");
        using Socket slow = await OpenAsync(server.Address);

        // Offers are the longest answers there are. Once the kernel's buffers are full the outbox fills.
        await SendTextAsync(slow, $$"""{"type":"join","v":1,"room":"lobby","token":"{{TestToken.For("lobby", "slow")}}"}""");
        try
        {
            while (true)
                await SendTextAsync(slow, """{"type":"ice-restart"}""");
        }
        catch (SocketException)
        {
            // Cut.
        }

        using HttpClient http = server.CreateHttpClient();
        string metrics;
        do
            metrics = await http.GetStringAsync("/metrics", TestContext.Current.CancellationToken);
        while (!metrics.Contains("sfu_signalling_outbox_overflows_total 1", StringComparison.Ordinal));
        Assert.Equal("pong", (string)(await other.RequestAsync("""{"type":"ping"}"""))["type"]!);
    }

    private static async Task<Socket> OpenAsync(Uri address)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4_096 };
        await socket.ConnectAsync(address.Host, address.Port);
        await socket.SendAsync(Encoding.ASCII.GetBytes(
            $"GET /v1/ws HTTP/1.1\r\nHost: {address.Authority}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==\r\nSec-WebSocket-Protocol: sfu.v1\r\n\r\n"));
        return socket;
    }

    /// <summary>One masked text frame (RFC 6455 5.2) with a mask of zeros.</summary>
    private static async Task SendTextAsync(Socket socket, string text)
    {
        byte[] payload = Encoding.UTF8.GetBytes(text);
        byte[] head = payload.Length < 126
            ? [0x81, (byte)(0x80 | payload.Length), 0, 0, 0, 0]
            : [0x81, 0x80 | 126, (byte)(payload.Length >> 8), (byte)payload.Length, 0, 0, 0, 0];
        await socket.SendAsync(head.Concat(payload).ToArray());
    }
}
