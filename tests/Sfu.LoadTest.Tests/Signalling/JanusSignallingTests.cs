using System.Text.Json;
using Sfu.Dtls;
using Sfu.LoadTest.Signalling;
using Sfu.TestKit.Ice;

namespace Sfu.LoadTest.Tests.Signalling;

public sealed class JanusSignallingTests : IAsyncLifetime
{
    private readonly DtlsCertificate _certificate = DtlsCertificate.Create(DateTimeOffset.UtcNow);
    private FakeJanus _janus = null!;
    private JanusSignalling _signalling = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _janus = await FakeJanus.StartAsync();
        _signalling = new JanusSignalling(_janus.Address);
    }

    [Fact]
    public async Task A_listener_watches_answers_and_leaves()
    {
        ISignallingSession session = await JoinAsync();
        Assert.Equal((1, JanusOffer.Ssrc, null, true), (session.Media.Slots, session.Media.FirstSsrc, session.Media.Csrc, session.Media.HasOwnTimeline));

        await AnswerAsync(session);
        Assert.Null(session.Ended);
        await session.DisposeAsync();

        Assert.Equal(["create", "attach", "message", "message", "detach"], _janus.Requests.Select(request => request.GetProperty("janus").GetString()));
        JsonElement start = _janus.Requests[3];
        Assert.Equal("start", start.GetProperty("body").GetProperty("request").GetString());
        string answer = start.GetProperty("jsep").GetProperty("sdp").GetString()!;
        Assert.Contains("a=mid:a\r\n", answer, StringComparison.Ordinal);
        Assert.Contains("a=setup:active\r\n", answer, StringComparison.Ordinal);
        Assert.Contains($"a=ice-pwd:{IceAgentHarness.Client.Password}\r\n", answer, StringComparison.Ordinal);
        Assert.Contains($"a=fingerprint:{_certificate.Fingerprint}\r\n", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Listeners_share_a_connection_and_a_session()
    {
        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => JoinAsync()));

        Assert.Single(_janus.Requests, request => request.GetProperty("janus").GetString() == "create");
        Assert.Equal(5, _janus.Requests.Count(request => request.GetProperty("janus").GetString() == "attach"));
    }

    [Fact]
    public async Task A_refusal_says_why()
    {
        _janus.HasNoMountpoint = true;

        SignallingException refusal = await Assert.ThrowsAsync<SignallingException>(JoinAsync);

        Assert.Equal("Janus says 455", refusal.Message);
    }

    [Fact]
    public async Task A_hangup_ends_the_session()
    {
        _janus.HangsUp = true;
        ISignallingSession session = await JoinAsync();

        await AnswerAsync(session);

        Assert.Equal("Janus hung up: DTLS alert", session.Ended);
    }

    [Fact]
    public async Task No_server_is_told()
    {
        await _janus.DisposeAsync();

        await Assert.ThrowsAsync<SignallingException>(JoinAsync);
    }

    public async ValueTask DisposeAsync()
    {
        _signalling.Dispose();
        await _janus.DisposeAsync();
    }

    private async Task<ISignallingSession> JoinAsync() =>
        await _signalling.JoinAsync(await _signalling.PrepareAsync("listener-0", "load-0", ClientRole.Listener, Cancellation), Cancellation);

    private Task AnswerAsync(ISignallingSession session) =>
        session.AnswerAsync(IceAgentHarness.Client, _certificate.Fingerprint, null, Cancellation);
}
