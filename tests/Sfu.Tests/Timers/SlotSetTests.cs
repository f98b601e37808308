using Sfu.Timers;

namespace Sfu.Tests.Timers;

public sealed class SlotSetTests
{
    [Fact]
    public void Distances_are_those_of_a_walk_around_the_circle()
    {
        Random random = new(7);
        for (int round = 0; round < 200; round++)
        {
            SlotSet set = default;
            HashSet<int> model = [];
            for (int i = random.Next(6); i > 0; i--)
            {
                int slot = random.Next(256);
                set.Add(slot);
                model.Add(slot);
            }

            if (model.Count > 1)
            {
                int removed = model.First();
                set.Remove(removed);
                model.Remove(removed);
            }

            for (int slot = 0; slot < 256; slot++)
            {
                int expected = Enumerable.Range(1, 256).FirstOrDefault(step => model.Contains((slot + step) % 256));
                Assert.Equal(expected, set.DistanceAfter(slot));
            }
        }
    }
}
