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

    public static void GStreamer()
    {
        Assert.SkipUnless(
            File.Exists("/usr/lib/python3/dist-packages/gi/overrides/Gst.py") && Directory.EnumerateFiles("/usr/lib", "libgstwebrtc.so", SearchOption.AllDirectories).Any(),
            "GStreamer's webrtcbin is needed: tests/run.sh installs it.");
    }

    public static void Network()
    {
        Assert.SkipUnless(IsOnPath("ip") && IsOnPath("nft"), "ip and nft are needed: tests/run.sh installs them.");
        Assert.SkipUnless(Environment.UserName == "root", "Networks of their own are made by root.");
    }

    public static void TurnServer()
    {
        Assert.SkipUnless(IsOnPath("turnserver"), "turnserver is needed: tests/run.sh installs it.");
    }

    private static bool IsOnPath(string command) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, command)));
}
