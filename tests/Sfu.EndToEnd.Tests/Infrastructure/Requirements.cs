namespace Sfu.EndToEnd.Tests;

/// <summary>What a test needs of the machine. Missing, it is skipped; <c>.ci/run</c> counts that as failed.</summary>
internal static class Requirements
{
    public const string Chromium = "/usr/bin/chromium";

    public static void SoundTools()
    {
        Assert.SkipUnless(IsOnPath("espeak-ng") && IsOnPath("sox"), "espeak-ng and sox are needed: tests/run.sh installs them.");
    }

    public static void Browser()
    {
        SoundTools();
        Assert.SkipUnless(File.Exists(Chromium), "Chromium is needed: tests/run.sh installs it.");
    }

    public static void Aiortc()
    {
        Assert.SkipUnless(Directory.Exists("/usr/lib/python3/dist-packages/aiortc"), "aiortc is needed: tests/run.sh installs it.");
    }

    public static void PacketLoss()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess && IsOnPath("ip") && IsOnPath("nft"), "Root, iproute2 and nftables are needed: tests/run.sh installs them.");
    }

    private static bool IsOnPath(string command) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, command)));
}
