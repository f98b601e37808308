using System.Diagnostics;

namespace Sfu.LoadTest.Metrics;

/// <summary>Asks the server for its metrics, and the system for what its process uses.</summary>
/// <param name="server">With a scheme that is not HTTP it is not asked.</param>
/// <param name="pid">Whose CPU and memory count instead of what the metrics say; null where only these are known.</param>
internal sealed class ServerMetrics(Uri server, int? pid) : IDisposable
{
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(5) };
    private readonly Uri? _address = server.Scheme is "http" or "https" ? new Uri(server, "/metrics") : null;

    /// <returns>Null when nothing is known.</returns>
    public async Task<ServerSample?> SampleAsync()
    {
        ServerSample? sample = _address is null ? null : await AskAsync(_address);
        return pid is { } id && ProcessUsage.Of(id) is { } usage
            ? (sample ?? ServerSample.Silent) with { At = Stopwatch.GetTimestamp(), CpuSeconds = usage.CpuSeconds, ResidentBytes = usage.ResidentBytes }
            : sample;
    }

    public void Dispose() => _http.Dispose();

    private async Task<ServerSample?> AskAsync(Uri address)
    {
        try
        {
            return ServerSample.Read(await _http.GetStringAsync(address));
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            return null;
        }
    }
}
