using Sfu.Diagnostics;
using Sfu.Dtls;
using Sfu.TestKit.Dtls;
using Sfu.Time;

namespace Sfu.Tests.Dtls;

public sealed class InlineHandshakesTests
{
    private const long Peer = 7;

    private static readonly Instant Start = new(1_000_000);

    private readonly RecordingOwner _owner = new();
    private readonly byte[] _datagram = new byte[DtlsContext.DefaultMtu];

    [Fact]
    public void A_simulated_client_completes_within_the_calls()
    {
        using var context = new DtlsContext(TestCertificates.Server);
        using var handshakes = new InlineHandshakes(context, Start);
        using var client = new TestDtlsClient(Start);
        Assert.True(handshakes.Begin(Peer, _owner));
        Assert.False(handshakes.Begin(Peer, _owner));

        Post(handshakes, client);
        client.Receive(_owner.Take().Datagram, Start);
        Post(handshakes, client);
        DtlsResult result = _owner.Take().Result!;
        client.Receive(_owner.Take().Datagram, Start);

        Assert.Equal(result.KeyingMaterial, client.Result!.KeyingMaterial);
        Assert.True(client.Fingerprint.Matches(result.PeerCertificate));
        Assert.Equal(0, handshakes.InProgress);
        Assert.Equal(DropReason.DtlsUnexpected, handshakes.Receive(Peer, _owner, [22]));
    }

    [Fact]
    public void Advancing_the_time_sends_again_and_gives_up()
    {
        using var context = new DtlsContext(TestCertificates.Server);
        using var handshakes = new InlineHandshakes(context, Start);
        using var client = new TestDtlsClient(Start);
        handshakes.Begin(Peer, _owner);
        Post(handshakes, client);
        _owner.Take();

        handshakes.Advance(Start + TimeSpan.FromMilliseconds(399));
        Assert.True(_owner.IsEmpty);
        handshakes.Advance(handshakes.Deadline);
        Assert.NotNull(_owner.Take().Datagram);
        handshakes.Advance(Start + TimeSpan.FromSeconds(30));
        Assert.Equal("timed out", _owner.Take().Failure);
        Assert.Equal(Instant.Never, handshakes.Deadline);
    }

    [Fact]
    public void An_abandoned_peer_is_silent()
    {
        using var context = new DtlsContext(TestCertificates.Server);
        using var handshakes = new InlineHandshakes(context, Start);
        handshakes.Begin(Peer, _owner);
        handshakes.Abandon(Peer, _owner);
        handshakes.Advance(Start + TimeSpan.FromSeconds(31));
        Assert.True(_owner.IsEmpty);
    }

    private void Post(InlineHandshakes handshakes, TestDtlsClient client)
    {
        while (client.TryTakeOutgoing(_datagram, out int length))
            Assert.Equal(DropReason.None, handshakes.Receive(Peer, _owner, _datagram.AsSpan(0, length)));
    }
}
