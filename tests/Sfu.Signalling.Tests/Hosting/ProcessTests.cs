using System.Diagnostics;
using System.Text.Json.Nodes;
using Sfu.Signalling.Tests.Support;

namespace Sfu.Signalling.Tests.Hosting;

public sealed class ProcessTests
{
    private static readonly string[] OnFreePorts = ["--urls", "http://127.0.0.1:0", "--Sfu:Media:Port=0"];

    [Fact]
    public async Task SIGTERM_says_goodbye_to_clients_and_ends_with_0()
    {
        using ServerProcess server = ServerProcess.Start(OnFreePorts, new() { ["Sfu__Keys__main"] = TestToken.Secret });
        Uri address = await server.PageAsync();
        await using ProtocolClient joined = await ProtocolClient.ConnectAsync(address);
        await joined.JoinAsync("lobby", TestToken.For("lobby", "ada", "speaker").ToString(), onStage: true);
        await using ProtocolClient waiting = await ProtocolClient.ConnectAsync(address);
        long stoppedAt = Stopwatch.GetTimestamp();

        server.Terminate();

        JsonObject bye = (await joined.ReceiveUntilClosedAsync())[^1];
        Assert.Equal(("bye", "server-stopping", true), ((string)bye["type"]!, (string)bye["reason"]!, (bool)bye["reconnect"]!));
        Assert.Equal(1001, joined.CloseCode);
        await joined.CloseAsync(1001);
        await waiting.ReceiveUntilClosedAsync();
        Assert.Equal(1001, waiting.CloseCode);
        await waiting.CloseAsync(1001);
        Assert.Equal(0, await server.ExitCodeAsync());
        Assert.True(Stopwatch.GetElapsedTime(stoppedAt) < TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task A_client_that_does_not_close_does_not_hold_up_the_end()
    {
        using ServerProcess server = ServerProcess.Start(OnFreePorts, new() { ["Sfu__Keys__main"] = TestToken.Secret });
        await using ProtocolClient deaf = await ProtocolClient.ConnectAsync(await server.PageAsync());
        await deaf.JoinAsync("lobby", TestToken.For("lobby", "ada").ToString());

        server.Terminate();

        Assert.Equal(0, await server.ExitCodeAsync());
    }

    [Fact]
    public async Task Started_with_nothing_it_serves_the_page_and_says_where()
    {
        using ServerProcess server = ServerProcess.Start(OnFreePorts);
        Uri page = await server.PageAsync();
        using var http = new HttpClient();

        using HttpResponseMessage response = await http.GetAsync(page, TestContext.Current.CancellationToken);

        Assert.True(response.IsSuccessStatusCode);
        Assert.Contains("default-src 'self'", response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal($"Open {page} in two tabs: take the stage in one, listen in the other.", server.Output.Last());
        Assert.Contains(server.Output, line => line.Contains("random development key", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("--urls", "http://0.0.0.0:0")]
    [InlineData("--Sfu:Media:BindAddresses:0", "0.0.0.0")]
    public async Task Asked_to_be_public_without_keys_it_refuses_and_says_what_is_missing(string name, string value)
    {
        using ServerProcess server = ServerProcess.Start([name, value]);

        Assert.Equal(2, await server.ExitCodeAsync());
        Assert.Contains("Sfu:Keys:<kid> is missing", server.Errors, StringComparison.Ordinal);
        Assert.Contains("Sfu__Keys__main=", server.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_faults_of_the_configuration_are_told_at_once()
    {
        using ServerProcess server = ServerProcess.Start(["--Sfu:Media:Slots=99", "--Sfu:Signalling:PingInterval=never"]);

        Assert.Equal(2, await server.ExitCodeAsync());
        Assert.Contains("Sfu:Media:Slots", server.Errors, StringComparison.Ordinal);
        Assert.Contains("Sfu:Signalling:PingInterval", server.Errors, StringComparison.Ordinal);
    }
}
