using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using Microsoft.Playwright;

namespace Sfu.EndToEnd.Tests;

/// <summary>All processes of one browser, to be stopped in mid-sentence as a phone stops what is not in front (signal(7): SIGSTOP, SIGCONT).</summary>
/// <remarks>What the kernel does for them, such as acknowledging TCP, goes on.</remarks>
internal sealed partial class BrowserProcesses
{
    private const int SigCont = 18;
    private const int SigStop = 19;

    private readonly int[] _ids;

    private BrowserProcesses(int[] ids) => _ids = ids;

    public static async Task<BrowserProcesses> Of(IBrowser browser)
    {
        ICDPSession session = await browser.NewBrowserCDPSessionAsync();
        JsonElement info = await session.SendAsync("SystemInfo.getProcessInfo") ?? default;
        await session.DetachAsync();
        return new BrowserProcesses([.. info.GetProperty("processInfo").EnumerateArray().Select(process => process.GetProperty("id").GetInt32())]);
    }

    public void Freeze() => Send(SigStop);

    public void Thaw() => Send(SigCont);

    private void Send(int signal)
    {
        foreach (int id in _ids)
            Assert.True(Kill(id, signal) == 0, string.Create(CultureInfo.InvariantCulture, $"Process {id} does not take signal {signal}."));
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}
