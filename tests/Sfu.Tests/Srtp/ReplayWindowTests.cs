using Sfu.Diagnostics;
using Sfu.Srtp;

namespace Sfu.Tests.Srtp;

public class ReplayWindowTests
{
    [Fact]
    public void It_agrees_with_a_set_of_all_indices_that_were_accepted()
    {
        Random random = new(21);
        int[] jumps = [1, 2, 63, 64, 65, 127, 128, 129, 1000];
        for (int run = 0; run < 200; run++)
        {
            long highest = random.Next(1 << 20);
            ReplayWindow window = ReplayWindow.StartingAt(highest);
            HashSet<long> accepted = [highest];
            for (int i = 0; i < 500; i++)
            {
                long index = random.Next(8) == 0 ? highest + jumps[random.Next(jumps.Length)] : Math.Max(0, highest - random.Next(140));
                DropReason expected = highest - index >= ReplayWindow.Length ? DropReason.SrtpTooOld
                    : accepted.Contains(index) ? DropReason.SrtpReplayed
                    : DropReason.None;

                Assert.Equal(expected, window.Check(index));

                if (expected != DropReason.None) continue;
                window.Accept(index);
                accepted.Add(index);
                highest = Math.Max(highest, index);
                Assert.Equal(highest, window.Highest);
            }
        }
    }
}
