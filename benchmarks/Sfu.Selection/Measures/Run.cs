using Sfu.Selection.Rules;
using Sfu.Selection.Scenes;

namespace Sfu.Selection.Measures;

/// <summary>What a rule made of a scene.</summary>
/// <param name="Heard">Member and number of the packets that went out.</param>
internal sealed record Run(Scene Scene, IReadOnlyList<Stay> Stays, IReadOnlySet<(int Member, int Number)> Heard)
{
    public static Run Of(Scene scene, IRule rule)
    {
        var stays = new List<Stay>();
        var heard = new HashSet<(int, int)>();
        double?[] since = new double?[scene.Members];
        var now = new List<int>();
        foreach (ScenePacket packet in scene.Packets)
        {
            now.Clear();
            rule.Receive(packet, now);
            foreach (int number in now)
                heard.Add((packet.Member, number));
            for (int member = 0; member < scene.Members; member++)
            {
                if (rule.HasSlot(member) == since[member].HasValue)
                    continue;
                if (since[member] is { } from)
                    stays.Add(new Stay(member, from, packet.Arrival));
                since[member] = since[member].HasValue ? null : packet.Arrival;
            }
        }

        for (int member = 0; member < scene.Members; member++)
        {
            if (since[member] is { } from)
                stays.Add(new Stay(member, from, scene.Milliseconds));
        }

        return new Run(scene, stays, heard);
    }
}
