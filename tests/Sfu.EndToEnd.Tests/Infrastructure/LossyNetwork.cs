using System.Diagnostics;

namespace Sfu.EndToEnd.Tests;

/// <summary>A network namespace with nothing but loopback, in which nftables loses a share of the media that a server sends. Takes root.</summary>
internal sealed class LossyNetwork : IDisposable
{
    private readonly string _name = $"sfu-loss-{Environment.ProcessId}";
    private readonly string _folder = Directory.CreateTempSubdirectory("sfu-loss-").FullName;

    public LossyNetwork()
    {
        Run("ip", "netns", "add", _name);
        Run("ip", "-n", _name, "link", "set", "lo", "up");
        Chromium = System.IO.Path.Combine(_folder, "chromium");
        File.WriteAllText(Chromium, $"#!/bin/sh\nexec ip netns exec {_name} {Requirements.Chromium} \"$@\"\n");
        Run("chmod", "+x", Chromium);
    }

    /// <summary>A command that starts Chromium inside.</summary>
    public string Chromium { get; }

    /// <summary>What goes before a command that is to run inside.</summary>
    public IReadOnlyList<string> Prefix => ["ip", "netns", "exec", _name];

    /// <summary>From now on so many of a hundred RTP and RTCP datagrams from the port get lost, each by itself; STUN and DTLS pass.</summary>
    public void Lose(int percent, int fromPort)
    {
        // RFC 7983: first bytes of RTP and RTCP. On the way in: a sender is told of what is dropped on the way out, and tries again.
        File.WriteAllText(
            System.IO.Path.Combine(_folder, "rules"),
            $$"""
            flush ruleset
            table inet loss {
              chain input {
                type filter hook input priority 0;
                udp sport {{fromPort}} @th,64,8 >= 128 @th,64,8 <= 191 numgen random mod 100 < {{percent}} drop
              }
            }
            """);
        Run("ip", "netns", "exec", _name, "nft", "-f", System.IO.Path.Combine(_folder, "rules"));
    }

    public void Dispose()
    {
        Run("ip", "netns", "del", _name);
        Directory.Delete(_folder, recursive: true);
    }

    private static void Run(params string[] command)
    {
        using Process process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardError = true })!;
        string errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{string.Join(' ', command)} ended with {process.ExitCode}: {errors}");
    }
}
