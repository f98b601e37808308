using Sfu.Net;
using Sfu.TestKit.Diagnostics;
using Sfu.TestKit.Ice;
using static Sfu.TestKit.Ice.IceAgentHarness;

namespace Sfu.Tests.Ice;

public sealed class IceAllocationTests
{
    private const int Rounds = 2_000;

    [Fact]
    public void Checks_packets_and_moves_do_not_allocate()
    {
        byte[][] checks =
        [
            Check(useCandidate: true).ToBytes(),
            Check().ToBytes(),
            (Check() with { Extra = [(0x7F01, [])] }).ToBytes(),
            (Check() with { Controlling = null, Controlled = 1 }).ToBytes(),
        ];
        int answered = 0;

        long allocated = Allocations.Of(() => new IceAgentHarness(), harness =>
        {
            answered = 0;
            for (int round = 0; round < Rounds; round++)
                answered += Round(harness, checks, round);
        });

        Assert.Equal(0, allocated);
        Assert.Equal(Rounds * checks.Length, answered);
    }

    private static int Round(IceAgentHarness harness, byte[][] checks, int round)
    {
        int answered = 0;
        NetworkPath path = Path(round % 12);
        foreach (byte[] check in checks)
        {
            harness.Receive(check, path);
            answered += harness.Response.IsEmpty ? 0 : 1;
            harness.Agent.Heard(path, harness.Now);
            harness.Advance(0.5);
            answered += harness.Agent.HasConsent(harness.Now) ? 0 : 1;
        }

        return answered;
    }
}
