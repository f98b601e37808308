using Sfu.Net;
using Sfu.Slots;
using Sfu.TestKit.Net;
using Sfu.TestKit.Workers;

namespace Sfu.Tests.Workers;

/// <summary>Lines that carry no more than so much: what protects against loss must not make it.</summary>
public sealed class NarrowLineTests(ITestOutputHelper output)
{
    private const uint Samples = 960;
    private const int WarmUp = 600;

    /// <summary>Frames of 20 ms: 60 s.</summary>
    private const int Frames = 3_000;

    private static readonly TimeSpan Playout = TimeSpan.FromMilliseconds(250);

    private long _toNarrow;

    public static TheoryData<string, int, double, double, int> Lines => new()
    {
        // One speaker takes 60 kbit/s, and with RED 100; what is sent again comes on top. Then: the share of a plain listener's missed
        // frames that may be left, and how many datagrams may go to the protected one, which is hardly more than the speaker's: on a line
        // that is too narrow answers come too late, and are not given.
        { "room for RED, 5 % lost", 160_000, 0.05, 0.15, 3_300 },
        { "no room for RED, 5 % lost", 72_000, 0.05, 0.2, 3_300 },
        { "no room for RED, nothing lost", 66_000, 0, 0, 3_100 },
        { "no room for speech", 40_000, 0, 1, 3_100 },
        { "no room for speech, 10 % lost", 40_000, 0.10, 1, 3_100 },
    };

    [Theory]
    [MemberData(nameof(Lines))]
    public void Protection_never_makes_a_line_worse_than_it_is(string line, int bitsPerSecond, double loss, double left, int datagrams)
    {
        using var node = new SimulatedNode();
        SimulatedClient ann = node.Connect();
        SimulatedClient plain = Connect(node, isProtected: false);
        SimulatedClient narrow = Connect(node, isProtected: true);
        SimulatedClient neighbour = Connect(node, isProtected: true);
        var conditions = new LinkConditions { Delay = TimeSpan.FromMilliseconds(20), BitsPerSecond = bitsPerSecond, Loss = loss };
        TransportAddress server = SimulatedNode.AddressOf(0);
        node.Network.SetConditions(server, plain.Address, conditions);
        node.Network.SetConditions(server, narrow.Address, conditions);
        node.Network.Capture = (_, to, _) => _toNarrow += to == narrow.Address ? 1 : 0;
        node.TakeStage(ann);
        node.TalkOn(ann, WarmUp);
        uint from = plain.Heard[0].Timestamp + WarmUp * Samples;
        _toNarrow = 0;
        node.TalkOn(ann, Frames);
        node.Advance(2 * Playout);

        int missed = Missed(plain, from);
        output.WriteLine(
            $"{line}: of {Frames} frames plain misses {missed}, protected {Missed(narrow, from)} with {_toNarrow} datagrams; "
            + $"{node.Cores[0].Media.RedSwitches} moves between the forms, {node.Cores[0].Media.RetransmittedPackets} sent again");
        Assert.InRange(Missed(narrow, from), 0, missed * left + 5);
        Assert.Equal(0, Missed(neighbour, from));
        Assert.InRange(_toNarrow, Frames, datagrams);
    }

    private static SimulatedClient Connect(SimulatedNode node, bool isProtected) => node.Connect(
        options: new SimulatedClientOptions { Red = isProtected, Nack = isProtected, Ear = new SimulatedEar(isProtected, Playout) });

    private static int Missed(SimulatedClient listener, uint from) =>
        Frames - listener.Ear!.Played(MediaConstants.SlotSsrc(0), from);
}
