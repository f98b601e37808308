using System.Globalization;
using Sfu.Signalling.Tests.Support;

namespace Sfu.Signalling.Tests.Health;

public sealed class HealthTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/healthz", "alive")]
    [InlineData("/readyz", "ready")]
    public async Task A_running_server_is_alive_and_ready(string path, string text)
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        using HttpClient http = server.CreateHttpClient();

        Assert.Equal(text, await http.GetStringAsync(path, Cancelled));
    }

    [Fact]
    public async Task Signalling_is_counted()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        await using ProtocolClient ada = await server.JoinAsync("lobby", "ada");
        await using ProtocolClient bad = await server.ConnectAsync();
        await bad.SendAsync("""{"type":"join","v":1,"room":"lobby"}""");
        await bad.ReceiveUntilClosedAsync();
        using HttpClient http = server.CreateHttpClient();

        string text = await http.GetStringAsync("/metrics", Cancelled);

        Assert.Contains("sfu_signalling_joins_total{outcome=\"joined\"} 1", text, StringComparison.Ordinal);
        Assert.Contains("sfu_signalling_joins_total{outcome=\"token-missing\"} 1", text, StringComparison.Ordinal);
        Assert.Contains("sfu_signalling_errors_total{code=\"token-missing\"} 1", text, StringComparison.Ordinal);
        Assert.Contains("sfu_signalling_connections ", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_node_is_read_at_each_scrape()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        using HttpClient http = server.CreateHttpClient();
        Assert.Contains("sfu_sessions 0", await http.GetStringAsync("/metrics", Cancelled), StringComparison.Ordinal);
        await using ProtocolClient ada = await server.JoinAsync("lobby", "ada");

        string text = await http.GetStringAsync("/metrics", Cancelled);

        Assert.Contains("sfu_rooms 1", text, StringComparison.Ordinal);
        Assert.Contains("sfu_sessions 1", text, StringComparison.Ordinal);
        Assert.Contains("sfu_worker_faults_total{worker=\"0\"} 0", text, StringComparison.Ordinal);
        Assert.Contains("sfu_dropped_total{worker=\"0\",reason=\"stun_bad_integrity\"} 0", text, StringComparison.Ordinal);
        Assert.Contains("sfu_datagrams_total{worker=\"0\",direction=\"in\"} 0", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("process_cpu_seconds_total")]
    [InlineData("process_resident_memory_bytes")]
    [InlineData("dotnet_gc_allocated_bytes_total")]
    public async Task What_the_process_costs_is_read_at_each_scrape(string metric)
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        using HttpClient http = server.CreateHttpClient();

        string text = await http.GetStringAsync("/metrics", Cancelled);

        string line = text.Split('\n').Single(l => l.StartsWith(metric + " ", StringComparison.Ordinal));
        Assert.True(double.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture) > 0, line);
        Assert.Contains("dotnet_gc_collections_total{generation=\"2\"} ", text, StringComparison.Ordinal);
        Assert.Contains("dotnet_gc_pause_seconds_total ", text, StringComparison.Ordinal);
    }
}
