namespace Sfu.LoadTest.Metrics;

/// <summary>Asks the server for its metrics.</summary>
internal sealed class ServerMetrics(Uri server) : IDisposable
{
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(5) };
    private readonly Uri _address = new(server, "/metrics");

    /// <returns>Null when the server shows none.</returns>
    public async Task<ServerSample?> SampleAsync()
    {
        try
        {
            return ServerSample.Read(await _http.GetStringAsync(_address));
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            return null;
        }
    }

    public void Dispose() => _http.Dispose();
}
