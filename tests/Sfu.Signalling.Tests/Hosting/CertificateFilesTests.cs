using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Sfu.Signalling.Hosting;
using Sfu.Signalling.Options;
using Sfu.Signalling.Tests.Support;
using Sfu.V1;

namespace Sfu.Signalling.Tests.Hosting;

public sealed class CertificateFilesTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();
    private readonly FakeTimeProvider _time = new();

    private string Certificate => Path.Combine(_folder.FullName, "tls.crt");

    private string Key => Path.Combine(_folder.FullName, "tls.key");

    private TlsSettings Settings => new(Certificate, Key);

    [Fact]
    public void New_files_are_taken_with_the_next_handshake_a_second_later()
    {
        Write("one");
        var files = new CertificateFiles(Settings, _time, NullLogger<CertificateFiles>.Instance);
        Assert.Equal("CN=one", SubjectOf(files));

        Write("two");
        Assert.Equal("CN=one", SubjectOf(files));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("CN=two", SubjectOf(files));
    }

    [Fact]
    public void Links_that_are_moved_are_noticed()
    {
        Write("one");
        string first = Directory.CreateDirectory(Path.Combine(_folder.FullName, "first")).FullName;
        File.Move(Certificate, Path.Combine(first, "tls.crt"));
        File.Move(Key, Path.Combine(first, "tls.key"));
        string data = Path.Combine(_folder.FullName, "..data");
        Directory.CreateSymbolicLink(data, first);
        File.CreateSymbolicLink(Certificate, Path.Combine(data, "tls.crt"));
        File.CreateSymbolicLink(Key, Path.Combine(data, "tls.key"));
        var files = new CertificateFiles(Settings, _time, NullLogger<CertificateFiles>.Instance);
        Assert.Equal("CN=one", SubjectOf(files));

        string second = Directory.CreateDirectory(Path.Combine(_folder.FullName, "second")).FullName;
        Write("two", second);
        Directory.Delete(data);
        Directory.CreateSymbolicLink(data, second);
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal("CN=two", SubjectOf(files));
    }

    [Fact]
    public void Files_that_cannot_be_used_leave_the_certificate_as_it_is()
    {
        Write("one");
        var files = new CertificateFiles(Settings, _time, NullLogger<CertificateFiles>.Instance);
        Assert.Equal("CN=one", SubjectOf(files));
        string key = File.ReadAllText(Key);

        Write("two");
        File.WriteAllText(Key, key);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("CN=one", SubjectOf(files));
        File.Delete(Certificate);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("CN=one", SubjectOf(files));
    }

    [Fact]
    public async Task Over_TLS_everything_shares_the_port_and_a_new_certificate_disturbs_nobody()
    {
        Write("one");
        await using ServerUnderTest server = await ServerUnderTest.StartAsync(
            new() { ["Sfu:Tls:Certificate"] = Certificate, ["Sfu:Tls:Key"] = Key }, time: null, url: "https://127.0.0.1:0");
        using Backend backend = new(server.Address, handler: Trusting());
        using var http = new HttpClient(Trusting()) { BaseAddress = server.Address };
        await backend.CreateAsync("lobby");
        Assert.Equal("alive", await http.GetStringAsync("/healthz", TestContext.Current.CancellationToken));
        Assert.StartsWith("wss://", (await backend.Rooms.AdmitAsync(new AdmitRequest { Room = "lobby", Identity = "ada", Role = Role.Audience }, backend.Options)).Url, StringComparison.Ordinal);
        Assert.Equal("CN=one", await SubjectOfAsync(server.Address));

        Write("two");
        string subject = "";
        for (int i = 0; i < 100 && subject != "CN=two"; i++)
        {
            await Task.Delay(100, TestContext.Current.CancellationToken);
            subject = await SubjectOfAsync(server.Address);
        }

        Assert.Equal("CN=two", subject);
        await backend.Rooms.GetRoomAsync(new GetRoomRequest { Room = "lobby" }, backend.Options);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static string SubjectOf(CertificateFiles files) => files.Current.TargetCertificate.Subject;

    private static SocketsHttpHandler Trusting() => new() { SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = IsOurs } };

    private static bool IsOurs(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors) =>
        certificate?.Subject is "CN=one" or "CN=two";

    private static async Task<string> SubjectOfAsync(Uri server)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(server.Host, server.Port, TestContext.Current.CancellationToken);
        await using var tls = new SslStream(client.GetStream(), leaveInnerStreamOpen: false, IsOurs);
        await tls.AuthenticateAsClientAsync("localhost");
        return tls.RemoteCertificate!.Subject;
    }

    private void Write(string name, string? folder = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        using X509Certificate2 certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        File.WriteAllText(Path.Combine(folder ?? _folder.FullName, "tls.key"), key.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(Path.Combine(folder ?? _folder.FullName, "tls.crt"), certificate.ExportCertificatePem());
    }
}
