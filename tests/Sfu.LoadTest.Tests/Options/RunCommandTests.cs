using System.CommandLine;
using System.Globalization;
using Sfu.LoadTest.Options;
using Sfu.Net;
using Sfu.Srtp;

namespace Sfu.LoadTest.Tests.Options;

public sealed class RunCommandTests
{
    [Fact]
    public void Defaults_are_good()
    {
        (LoadOptions? options, List<string> errors) = Read();

        Assert.Empty(errors);
        Assert.Equal((1, 100, 1, 0.0, 2), (options!.Rooms, options.Listeners, options.Speakers, options.InjectedLoss, options.Threads));
        Assert.Null(options.Profiles);
    }

    [Fact]
    public void Options_are_read()
    {
        (LoadOptions? options, _) = Read("--listeners", "5000", "--speech", "turns", "--phase", "aligned", "--profile", "cm", "--inject-loss", "0.01", "--ramp", "200");

        Assert.Equal((5_000, "turns", true, 0.01, 200.0), (options!.Listeners, options.Speech, options.IsAligned, options.InjectedLoss, options.JoinsPerSecond));
        Assert.Equal([SrtpProfile.AesCm128HmacSha1_80], options.Profiles);
    }

    [Fact]
    public void All_faults_are_told_at_once()
    {
        (LoadOptions? options, List<string> errors) = Read(
            "--server", "here", "--listeners", "0", "--speakers", "0", "--seconds", "0", "--speech", "none", "--profile", "x",
            "--client-network", "lo", "--inject-loss", "2", "--threads", "0", "--phase", "x", "--max-loss", "-1");

        Assert.Null(options);
        foreach (string name in (string[])["server", "listeners", "speakers", "seconds", "speech", "profile", "client-network", "inject-loss", "threads", "phase", "max-loss"])
            Assert.Contains(errors, error => error.StartsWith($"--{name} must be ", StringComparison.Ordinal));
    }

    [Fact]
    public void The_network_must_hold_all_clients()
    {
        (_, List<string> errors) = Read("--listeners", "253", "--speakers", "2", "--client-network", "127.9.9.0/24");

        Assert.Equal(["--client-network must be large enough for 255 clients."], errors);
    }

    [Fact]
    public void A_web_socket_address_is_Janus()
    {
        (LoadOptions? options, List<string> errors) = Read(
            "--server", "ws://10.200.0.1:8188", "--janus-rtp", "10.200.0.1:5002", "--server-pid", Environment.ProcessId.ToString(CultureInfo.InvariantCulture));

        Assert.Empty(errors);
        Assert.Equal((LoadOptions.Janus, TransportAddress.FromIPv4(0x0AC8_0001, 5_002), Environment.ProcessId), (options!.Product, options.PlainRtp!.Value, options.ServerPid!.Value));
        Assert.Equal((LoadOptions.Sfu, null, null), (Read().Options!.Product, Read().Options!.PlainRtp, Read().Options!.ServerPid));
    }

    [Theory]
    [InlineData("janus-rtp", "--server", "ws://10.200.0.1:8188")]
    [InlineData("janus-rtp", "--janus-rtp", "10.200.0.1:5002")]
    [InlineData("janus-rtp", "--server", "ws://10.200.0.1:8188", "--janus-rtp", "10.200.0.1")]
    [InlineData("janus-rtp", "--server", "ws://10.200.0.1:8188", "--janus-rtp", "[::1]:5002")]
    [InlineData("speakers", "--server", "ws://10.200.0.1:8188", "--janus-rtp", "10.200.0.1:5002", "--speakers", "2")]
    [InlineData("speakers", "--server", "ws://10.200.0.1:8188", "--janus-rtp", "10.200.0.1:5002", "--rooms", "2")]
    [InlineData("speech", "--server", "ws://10.200.0.1:8188", "--janus-rtp", "10.200.0.1:5002", "--speech", "turns")]
    [InlineData("server-pid", "--server-pid", "2147483647")]
    public void What_Janus_has_not_is_refused(string fault, params string[] arguments) =>
        Assert.StartsWith($"--{fault} must be ", Assert.Single(Read(arguments).Errors), StringComparison.Ordinal);

    [Fact]
    public void The_secret_is_not_printed()
    {
        (LoadOptions? options, _) = Read("--token-secret", "0123456789abcdef0123456789abcdef");

        Assert.Equal("0123456789abcdef0123456789abcdef", options!.TokenSecret);
        Assert.DoesNotContain("0123456789abcdef", options.ToString(), StringComparison.Ordinal);
    }

    private static (LoadOptions? Options, List<string> Errors) Read(params string[] arguments)
    {
        var definition = new RunCommand();
        var errors = new List<string>();
        return (definition.Read(definition.Command.Parse(arguments), errors), errors);
    }
}
