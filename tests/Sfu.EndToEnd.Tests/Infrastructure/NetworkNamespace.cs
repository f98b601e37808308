using System.Diagnostics;
using System.Globalization;

namespace Sfu.EndToEnd.Tests;

/// <summary>A network of its own (network_namespaces(7)), with nothing but loopback, for a server, browsers and rules that drop packets.</summary>
/// <remarks>What is done in it reaches nobody else, and it goes with its last process.</remarks>
internal sealed class NetworkNamespace : IAsyncDisposable
{
    private static int _last;

    private NetworkNamespace(string name) => Name = name;

    public string Name { get; }

    /// <summary>Starts Chromium in here, for who starts a program and gives no more than its arguments.</summary>
    public string ChromiumPath { get; } = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    public static async Task<NetworkNamespace> Create()
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"sfu-test-{Environment.ProcessId}-{Interlocked.Increment(ref _last)}");
        await Run("ip", "netns", "add", name);
        var created = new NetworkNamespace(name);
        await File.WriteAllTextAsync(created.ChromiumPath, $"#!/bin/sh\nexec ip netns exec {name} {Requirements.Chromium} \"$@\"\n");
        await Run("chmod", "+x", created.ChromiumPath);
        await created.Run("ip link set lo up");
        await created.Run("nft add table inet sfu");
        await created.Run("nft add chain inet sfu input { type filter hook input priority 0 ; }");
        return created;
    }

    /// <summary>An address that is not loopback, for who takes no such one.</summary>
    public async Task AddAddress(string address)
    {
        await Run("ip link add local0 type veth peer name local1");
        await Run($"ip addr add {address}/24 dev local0");
        await Run("ip link set local0 up");
        await Run("ip link set local1 up");
    }

    /// <summary>Drops all UDP from now on, that to names' servers and to a TURN server's relayed ports included.</summary>
    public Task BlockUdp() => Run("nft add rule inet sfu input meta l4proto udp counter drop");

    /// <summary>Drops everything from now on: there is no network any more, and nobody is told.</summary>
    public Task BlockAll() => Run("nft add rule inet sfu input counter drop");

    /// <summary>Drops those that go to or come from that port.</summary>
    public Task BlockUdp(int port) => Run(string.Create(CultureInfo.InvariantCulture, $"nft add rule inet sfu input udp dport {port} counter drop"));

    /// <summary>From now on so many of a hundred RTP and RTCP datagrams from that port get lost, each by itself, and no others; STUN and DTLS pass.</summary>
    public Task Lose(int percent, int fromPort) => Lose(percent, "sport", fromPort);

    /// <summary>The same for those to that port.</summary>
    public Task LoseTowards(int toPort, int percent) => Lose(percent, "dport", toPort);

    /// <summary>
    /// Drops nothing from now on but TCP's resets: as behind a NAT that has forgotten its connections, nobody is told that one is gone.
    /// </summary>
    public async Task UnblockForgetfully()
    {
        await Unblock();
        await Run("nft add rule inet sfu input tcp flags & rst == rst drop");
    }

    /// <summary>Drops nothing from now on.</summary>
    public Task Unblock() => Run("nft flush chain inet sfu input");

    /// <summary>The start of a command line whose program runs in here.</summary>
    public static void Enter(NetworkNamespace? network, ProcessStartInfo start, string program)
    {
        start.FileName = network is null ? program : "ip";
        if (network is null)
            return;
        foreach (string argument in new[] { "netns", "exec", network.Name, program })
            start.ArgumentList.Add(argument);
    }

    public async ValueTask DisposeAsync()
    {
        File.Delete(ChromiumPath);
        await Run("ip", "netns", "delete", Name);
    }

    private async Task Lose(int percent, string side, int port)
    {
        await Unblock();
        // RFC 7983: first bytes of RTP and RTCP. On the way in: a sender is told of what is dropped on the way out, and tries again.
        await Run(string.Create(
            CultureInfo.InvariantCulture,
            $"nft add rule inet sfu input udp {side} {port} @th,64,8 >= 128 @th,64,8 <= 191 numgen random mod 100 < {percent} drop"));
    }

    private Task Run(string command) => Run("ip", ["netns", "exec", Name, .. command.Split(' ')]);

    private static async Task Run(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        string errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)}: {errors}");
    }
}
