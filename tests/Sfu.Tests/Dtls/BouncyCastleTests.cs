using Sfu.Dtls;
using Sfu.Srtp;
using Sfu.TestKit.Dtls;
using Sfu.Time;

namespace Sfu.Tests.Dtls;

/// <summary>Our server's role against an implementation that shares no code with it.</summary>
public sealed class BouncyCastleTests
{
    private static readonly Instant Now = new(1_000_000);

    private readonly byte[] _datagram = new byte[DtlsContext.MaxMtu];

    [Theory]
    [InlineData(SrtpProfile.AeadAes128Gcm, DtlsContext.DefaultMtu)]
    [InlineData(SrtpProfile.AeadAes256Gcm, DtlsContext.DefaultMtu)]
    [InlineData(SrtpProfile.AesCm128HmacSha1_80, DtlsContext.DefaultMtu)]
    [InlineData(SrtpProfile.AeadAes128Gcm, DtlsContext.MinMtu)]
    public async Task Both_export_the_same_keys_and_see_each_others_certificate(SrtpProfile profile, int mtu)
    {
        var client = new BouncyCastleDtlsClient([profile], mtu);
        (DtlsResult? result, _) = Run(client, mtu);
        await client.Handshake;

        Assert.NotNull(result);
        Assert.Equal(profile, client.Profile);
        Assert.Equal(profile, result.Profile);
        Assert.Equal(client.KeyingMaterial, result.KeyingMaterial);
        Assert.Equal(client.Certificate, result.PeerCertificate);
        Assert.Equal(TestCertificates.Server.Der, client.ServerCertificate);
    }

    [Fact]
    public async Task Our_preference_decides_on_the_profile()
    {
        var client = new BouncyCastleDtlsClient([SrtpProfile.AesCm128HmacSha1_80, SrtpProfile.AeadAes256Gcm, SrtpProfile.AeadAes128Gcm]);
        (DtlsResult? result, _) = Run(client);
        await client.Handshake;

        Assert.Equal(SrtpProfile.AeadAes128Gcm, result!.Profile);
    }

    [Fact]
    public async Task A_client_without_a_certificate_is_refused()
    {
        var client = new BouncyCastleDtlsClient([SrtpProfile.AeadAes128Gcm], withCertificate: false);
        (DtlsResult? result, string? failure) = Run(client);

        Assert.Null(result);
        Assert.Contains("certificate", failure, StringComparison.Ordinal);
        await Assert.ThrowsAnyAsync<IOException>(() => client.Handshake);
    }

    [Fact]
    public async Task A_client_hello_in_two_datagrams_is_understood_in_either_order()
    {
        foreach (bool backwards in (bool[])[false, true])
        {
            var client = new BouncyCastleDtlsClient([SrtpProfile.AeadAes128Gcm]);
            (DtlsResult? result, _) = Run(client, DtlsContext.DefaultMtu, hello => ClientHelloCutter.Cut(hello, backwards));
            await client.Handshake;

            Assert.Equal(client.KeyingMaterial, result!.KeyingMaterial);
        }
    }

    /// <summary>Without a loss no timer decides anything, so that our side's time stands still.</summary>
    private (DtlsResult? Result, string? Failure) Run(
        BouncyCastleDtlsClient client, int mtu = DtlsContext.DefaultMtu, Func<byte[], byte[][]>? first = null)
    {
        using var context = new DtlsContext(TestCertificates.Server, mtu);
        using var server = new DtlsHandshake(context, DtlsRole.Server, Now);
        client.Start();
        while (server.State == DtlsState.InProgress && client.TryTake(out byte[] datagram))
        {
            foreach (byte[] part in first?.Invoke(datagram) ?? [datagram])
                server.Receive(part, Now);
            first = null;
            while (server.TryTakeOutgoing(_datagram, out int length))
            {
                Assert.InRange(length, 1, mtu);
                client.Deliver(_datagram.AsSpan(0, length));
            }
        }

        return (server.State == DtlsState.Completed ? server.TakeResult() : null, server.Failure);
    }
}
