using System.Net;
using Microsoft.Extensions.Time.Testing;
using Sfu.Peers;
using Sfu.Rooms;
using Sfu.Signalling.Options;
using Sfu.Signalling.Tests.Support;
using Sfu.Signalling.Whip;

namespace Sfu.Signalling.Tests.Whip;

/// <summary>How long a session is kept that only its media tells of.</summary>
public sealed class WhipSessionTests : IAsyncLifetime
{
    private static readonly TimeSpan Window = new SignallingSettings().ResumeWindow;
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly FakeTimeProvider _time = new(DateTimeOffset.UtcNow);
    private ServerUnderTest _server = null!;
    private WhipSession _session = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await ServerUnderTest.StartAsync(time: _time);
        using var http = new WhipClient(_server.Address);
        using HttpResponseMessage response = await http.ListenAsync("player");
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.True(_server.WhipSessions.TryFind(response.Headers.Location!.ToString().Split('/')[^1], out WhipSession? session));
        _session = session;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public void Who_never_connects_is_let_go()
    {
        _time.Advance(WhipSession.ConnectTimeout - Second);
        AssertInside(true);
        _time.Advance(Second);

        AssertInside(false);
    }

    [Fact]
    public void Who_is_connected_stays()
    {
        _session.OnMediaState(MediaState.Connected);
        _time.Advance(TimeSpan.FromHours(1));

        AssertInside(true);
    }

    [Fact]
    public void Who_loses_consent_and_does_not_come_back_is_let_go()
    {
        _session.OnMediaState(MediaState.Connected);
        _session.OnMediaState(MediaState.Disconnected);
        _time.Advance(Window - Second);
        AssertInside(true);
        _time.Advance(Second);

        AssertInside(false);
    }

    [Fact]
    public void Who_comes_back_stays()
    {
        _session.OnMediaState(MediaState.Connected);
        _session.OnMediaState(MediaState.Disconnected);
        _time.Advance(Window - Second);
        _session.OnMediaState(MediaState.Connected);
        _time.Advance(Window);

        AssertInside(true);
    }

    [Fact]
    public void A_handshake_that_failed_ends_it_at_once()
    {
        _session.OnMediaState(MediaState.Failed);
        _time.Advance(TimeSpan.FromMilliseconds(1));

        AssertInside(false);
    }

    [Fact]
    public async Task Sessions_are_counted_for_each_protocol()
    {
        using HttpClient http = _server.CreateHttpClient();
        string before = await http.GetStringAsync("/metrics", TestContext.Current.CancellationToken);
        _session.End(EndReason.Left);
        _session.End(EndReason.Left);
        string after = await http.GetStringAsync("/metrics", TestContext.Current.CancellationToken);

        Assert.Contains("sfu_whip_sessions{protocol=\"whep\"} 1", before, StringComparison.Ordinal);
        Assert.Contains("sfu_whip_sessions{protocol=\"whep\"} 0", after, StringComparison.Ordinal);
    }

    private void AssertInside(bool inside)
    {
        Assert.Equal(inside ? 1 : 0, _server.WhipSessions.Count);
        Assert.Equal(inside ? 1 : 0, _server.Node.FindRoom("lobby")?.Audience ?? 0);
    }
}
