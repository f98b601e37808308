using Sfu.EndToEnd.Tests.Audio;

namespace Sfu.EndToEnd.Tests;

public sealed class StoppingTests : BrowserTest
{
    [Fact]
    public async Task On_sigterm_people_are_told_and_the_server_ends_with_code_0()
    {
        await using SfuServer server = await SfuServer.Start();
        Person ann = await Enter(server, "lobby", "Ann", Speech.Ann.Value);
        await ann.TakeStage();

        int exitCode = await server.Terminate();

        Assert.Equal(0, exitCode);
        await ann.Page.WaitForFunctionAsync("() => probe.sockets[0].readyState === WebSocket.CLOSED");
        await ann.Page.WaitForSelectorAsync("[data-testid=banner]:visible");
    }
}
