using Microsoft.Playwright;
using Sfu.EndToEnd.Tests.Audio;

namespace Sfu.EndToEnd.Tests;

/// <summary>Headless Chromium with a file for a microphone; one process for each microphone.</summary>
internal static class Chromium
{
    private static readonly string[] Arguments =
    [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--autoplay-policy=no-user-gesture-required",
        "--use-fake-device-for-media-stream",
        "--use-fake-ui-for-media-stream",
        // A machine without a network has no other address to gather.
        "--allow-loopback-in-peer-connection",
        // A page in the background would be slowed down; here every page is one that somebody looks at.
        "--disable-background-timer-throttling",
        "--disable-renderer-backgrounding",
        "--disable-backgrounding-occluded-windows",
    ];

    public static Task<IBrowser> Launch(IPlaywright playwright, Speech? microphone, NetworkNamespace? network = null) =>
        playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = network?.ChromiumPath ?? Requirements.Chromium,
            Args = microphone is null ? Arguments : [.. Arguments, $"--use-file-for-fake-audio-capture={microphone.Path}"],
        });
}
