using Sfu.Dtls;
using Sfu.Srtp;
using Sfu.Time;

namespace Sfu.Tests.Dtls;

public sealed class DtlsHandshakeTests
{
    [Theory]
    [InlineData(SrtpProfile.AeadAes128Gcm, 56)]
    [InlineData(SrtpProfile.AeadAes256Gcm, 88)]
    [InlineData(SrtpProfile.AesCm128HmacSha1_80, 60)]
    public void Both_sides_export_the_same_keys_for_each_profile(SrtpProfile profile, int length)
    {
        using var pair = new HandshakePair(clientProfiles: [profile]);
        pair.Link.Run();

        pair.AssertCompleted();
        Assert.Equal(profile, pair.Link.ServerResult!.Profile);
        Assert.Equal(length, pair.Link.ServerResult.KeyingMaterial.Length);
        Assert.Equal(DtlsRole.Server, pair.Link.ServerResult.Role);
        Assert.Equal(DtlsRole.Client, pair.Link.ClientResult!.Role);
        Assert.Null(pair.Link.ClientResult.FinalFlight);
    }

    [Fact]
    public void The_servers_preference_decides_on_the_profile()
    {
        using var pair = new HandshakePair(
            clientProfiles: [SrtpProfile.AesCm128HmacSha1_80, SrtpProfile.AeadAes256Gcm, SrtpProfile.AeadAes128Gcm]);
        pair.Link.Run();

        pair.AssertCompleted();
        Assert.Equal(SrtpProfile.AeadAes128Gcm, pair.Link.ServerResult!.Profile);
    }

    [Fact]
    public void Without_a_loss_it_takes_four_datagrams_and_two_round_trips()
    {
        using var pair = new HandshakePair();
        pair.Link.Run();

        pair.AssertCompleted();
        Assert.Equal(4, pair.Link.Sent);
        Assert.Equal(TimeSpan.FromMilliseconds(40), pair.Link.Now - HandshakePair.Start);
    }

    [Fact]
    public void Each_side_gets_the_others_certificate_and_its_fingerprint_tells_right_from_wrong()
    {
        using var pair = new HandshakePair();
        pair.Link.Run();

        Assert.Equal(TestCertificates.Client.Der, pair.Link.ServerResult!.PeerCertificate);
        Assert.Equal(TestCertificates.Server.Der, pair.Link.ClientResult!.PeerCertificate);
        Assert.True(TestCertificates.Client.Fingerprint.Matches(pair.Link.ServerResult.PeerCertificate));
        Assert.False(TestCertificates.Server.Fingerprint.Matches(pair.Link.ServerResult.PeerCertificate));
    }

    [Fact]
    public void No_common_profile_fails_at_once_and_tells_the_client()
    {
        using var pair = new HandshakePair(
            clientProfiles: [SrtpProfile.AesCm128HmacSha1_80], serverProfiles: [SrtpProfile.AeadAes128Gcm]);
        pair.Link.Run();

        Assert.Equal(DtlsState.Failed, pair.Server.State);
        Assert.Contains("no SRTP profile", pair.Server.Failure, StringComparison.Ordinal);
        Assert.Equal(DtlsState.Failed, pair.Client.State);
        Assert.Equal("the peer sent alert 40", pair.Client.Failure);
    }

    [Theory]
    [InlineData(DtlsContext.MinMtu)]
    [InlineData(400)]
    [InlineData(DtlsContext.DefaultMtu)]
    public void No_datagram_is_longer_than_the_mtu(int mtu)
    {
        using var pair = new HandshakePair(mtu);
        pair.Link.Run();

        pair.AssertCompleted();
        Assert.All(pair.Link.Lengths, length => Assert.InRange(length, 1, mtu));
        if (mtu < 400)
            Assert.True(pair.Link.Sent > 4);
    }

    [Fact]
    public void A_silent_client_costs_nothing_until_patience_ends()
    {
        using var context = new DtlsContext(TestCertificates.Server);
        using var server = new DtlsHandshake(context, DtlsRole.Server, HandshakePair.Start);
        Assert.Equal(HandshakePair.Start + TimeSpan.FromSeconds(30), server.Deadline);

        server.OnDeadline(server.Deadline);

        Assert.Equal(DtlsState.Failed, server.State);
        Assert.Equal("timed out", server.Failure);
        Assert.Equal(Instant.Never, server.Deadline);
        Assert.False(server.TryTakeOutgoing(new byte[DtlsContext.DefaultMtu], out _));
    }

    [Fact]
    public void The_interval_of_repetition_doubles_to_its_bound()
    {
        using var context = new DtlsContext(TestCertificates.Client);
        using var client = new DtlsHandshake(context, DtlsRole.Client, HandshakePair.Start);
        byte[] datagram = new byte[DtlsContext.DefaultMtu];
        Assert.True(client.TryTakeOutgoing(datagram, out _));

        Instant now = HandshakePair.Start;
        foreach (int milliseconds in (int[])[400, 800, 1_600, 3_200, 3_200])
        {
            Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), client.Deadline - now);
            client.OnDeadline(client.Deadline - TimeSpan.FromMilliseconds(1));
            Assert.False(client.TryTakeOutgoing(datagram, out _));
            now = client.Deadline;
            client.OnDeadline(now);
            Assert.True(client.TryTakeOutgoing(datagram, out _));
        }
    }

    [Fact]
    public void The_result_is_taken_once()
    {
        using var pair = new HandshakePair();
        Assert.Throws<InvalidOperationException>(pair.Server.TakeResult);
        pair.Link.Run();
        pair.AssertCompleted();
        Assert.Throws<InvalidOperationException>(pair.Server.TakeResult);
    }

    [Fact]
    public void After_disposal_nothing_happens_any_more()
    {
        using var pair = new HandshakePair();
        pair.Server.Dispose();
        Assert.Equal(DtlsState.Failed, pair.Server.State);
        Assert.Equal(DtlsState.Failed, pair.Server.Receive([22, 254, 253], HandshakePair.Start));
    }

    [Fact]
    public void The_context_may_go_before_its_handshakes()
    {
        var serverContext = new DtlsContext(TestCertificates.Server);
        var clientContext = new DtlsContext(TestCertificates.Client);
        using var server = new DtlsHandshake(serverContext, DtlsRole.Server, HandshakePair.Start);
        using var client = new DtlsHandshake(clientContext, DtlsRole.Client, HandshakePair.Start);
        serverContext.Dispose();
        clientContext.Dispose();

        new TestKit.Dtls.SimulatedDtlsLink(client, server, HandshakePair.Start).Run();

        Assert.Equal(DtlsState.Completed, server.State);
    }

    [Fact]
    public void A_missing_library_is_named_with_its_package()
    {
        var error = Assert.Throws<DllNotFoundException>(() => OpenSslLibrary.Require("libssl.so.999"));
        Assert.Contains("libssl.so.999", error.Message, StringComparison.Ordinal);
        Assert.Contains("libssl3", error.Message, StringComparison.Ordinal);
    }
}
