using System.Globalization;
using System.Text;
using Sfu.EndToEnd.Tests.Audio;

namespace Sfu.EndToEnd.Tests;

/// <summary>What Chromium has to make up of the audio when packets get lost on its way, by what protects it.</summary>
public sealed class LossTests(ITestOutputHelper output) : BrowserTest
{
    /// <summary>In percent.</summary>
    private static readonly int[] Rates = [5, 10, 20];

    private static readonly LossProtection[] Protections =
        [LossProtection.None, LossProtection.RedAlone, LossProtection.NackAlone, LossProtection.Both];

    /// <summary>Of each rate; benchmarks/loss.sh takes longer.</summary>
    private static readonly TimeSpan Excerpt = TimeSpan.FromSeconds(
        int.Parse(Environment.GetEnvironmentVariable("SFU_LOSS_SECONDS") ?? "8", CultureInfo.InvariantCulture));

    /// <summary>In which jitter buffers get used to a line.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(3);

    /// <summary>The speaker's browser puts no in-band FEC into its packets, which would protect every listener, whatever else does.</summary>
    private const string WithoutFec = """
        (() => {
          const original = RTCPeerConnection.prototype.setRemoteDescription;
          RTCPeerConnection.prototype.setRemoteDescription = function (description) {
            return original.call(this, { type: description.type, sdp: description.sdp.replaceAll('useinbandfec=1', 'useinbandfec=0') });
          };
        })();
        """;

    /// <summary>It leaves artifacts/loss.md behind, the table of the benchmarks.</summary>
    [Fact]
    public async Task Red_and_nack_leave_a_part_of_what_an_unprotected_listener_has_to_make_up()
    {
        NetworkNamespace network = await OwnNetwork();
        await using SfuServer server = await SfuServer.Start(network, "Sfu:Media:Workers=1", "Sfu:Media:BindAddresses:0=127.0.0.1");
        Person ann = await Enter(server, "lobby", "Ann", Speech.Ann.Value, script: WithoutFec);
        var listeners = new List<Person>();
        foreach (LossProtection protection in Protections)
            listeners.Add(await Enter(server, "lobby", protection.Name.Replace(' ', '-'), script: protection.Script));
        await ann.TakeStage();
        await listeners[0].WhoSpeaks();

        var table = new StringBuilder("| packets lost | ").AppendJoin(" | ", Protections.Select(p => p.Name)).Append(" |\n|---|");
        table.Insert(table.Length, "---|", Protections.Length).Append('\n');
        foreach (int rate in Rates)
        {
            await network.Lose(rate, server.MediaPort);
            await ListenersOnRed(listeners[0], 2);
            await Task.Delay(Settling, TestContext.Current.CancellationToken);
            PlayedSamples[] heard = await Listen(listeners);
            table.AppendLine(CultureInfo.InvariantCulture, $"| {rate} % | {string.Join(" | ", heard.Select(h => h.ConcealedShare.ToString("P1", CultureInfo.InvariantCulture)))} |");
            await listeners[0].Page.WaitForSelectorAsync("[data-testid=quality][data-protection=none]");
            await listeners[1].Page.WaitForSelectorAsync("[data-testid=quality][data-protection=redundancy]");
            await listeners[2].Page.WaitForSelectorAsync("[data-testid=quality][data-protection=retransmission]");
            output.WriteLine($"{rate} %: {string.Join("; ", heard.Zip(Protections, (h, p) => $"{p.Name} {h}"))}");

            Check(rate / 100.0, heard);
        }

        output.WriteLine(table.ToString());
        string artifacts = Path.Combine(SfuServer.SourceDirectory, "../../artifacts");
        Directory.CreateDirectory(artifacts);
        await File.WriteAllTextAsync(Path.Combine(artifacts, "loss.md"), table.ToString(), TestContext.Current.CancellationToken);
    }

    /// <summary>Reports tell the speaker what its listeners lose, and its encoder does something about it (RFC 6716 2.1.7).</summary>
    [Fact]
    public async Task Loss_of_the_listeners_makes_the_speakers_browser_send_in_band_fec()
    {
        NetworkNamespace network = await OwnNetwork();
        await using SfuServer server = await SfuServer.Start(network, "Sfu:Media:Workers=1", "Sfu:Media:BindAddresses:0=127.0.0.1");
        Person ann = await Enter(server, "lobby", "Ann", Speech.Ann.Value);
        Person listener = await Enter(server, "lobby", "Lee", script: LossProtection.None.Script);
        await ann.TakeStage();
        await listener.WhoSpeaks();

        await network.Lose(10, server.MediaPort);
        // A listener reports every five seconds, the server the speaker every second.
        await Task.Delay(2 * Settling, TestContext.Current.CancellationToken);
        PlayedSamples heard = Assert.Single(await Listen([listener]));

        output.WriteLine($"{heard}");
        Assert.True(heard.LostShare > 0.03, $"{heard}: was anything lost?");
        Assert.True(heard.ConcealedShare < heard.LostShare * 0.6, $"FEC: {heard}.");
    }

    /// <summary>Each against what its own line lost, which chance makes differ; what was sent again does not count as lost there.</summary>
    private static void Check(double rate, PlayedSamples[] heard)
    {
        Assert.True(heard[0].ConcealedShare > heard[0].LostShare * 0.6, $"{heard[0]}: was anything lost?");
        Assert.True(heard[0].LostShare > rate * 0.3, $"{heard[0]}: was anything lost?");
        Assert.True(heard[1].ConcealedShare < heard[1].LostShare * 0.75, $"RED: {heard[1]}.");
        Assert.True(heard[2].ConcealedShare < rate * 0.6, $"NACK: {heard[2]}.");
        Assert.True(heard[3].ConcealedShare < rate * 0.6, $"RED and NACK: {heard[3]}.");
    }

    private static async Task<PlayedSamples[]> Listen(IReadOnlyList<Person> listeners)
    {
        PlayedSamples[] before = await Task.WhenAll(listeners.Select(PlayedSamples.Of));
        await Task.Delay(Excerpt, TestContext.Current.CancellationToken);
        PlayedSamples[] after = await Task.WhenAll(listeners.Select(PlayedSamples.Of));
        return [.. after.Zip(before, (a, b) => a - b)];
    }

    /// <summary>Waits until the reports of so many listeners have brought them RED.</summary>
    private static async Task ListenersOnRed(Person anybody, int count) => await anybody.Page.WaitForFunctionAsync(
        "async count => new RegExp(`sfu_red_listeners{worker=\"0\"} ${count}\\\\b`).test(await (await fetch('/metrics')).text())", count);
}
