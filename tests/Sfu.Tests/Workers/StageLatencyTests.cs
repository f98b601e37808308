using Sfu.Rooms;
using Sfu.TestKit.Workers;
using Sfu.Time;

namespace Sfu.Tests.Workers;

/// <summary>How soon somebody is heard who accepts an invitation; on simulated time, so that only what the design makes people wait is measured.</summary>
/// <remarks>The same over real sockets is <c>sfu-load run --speech invited</c>.</remarks>
public sealed class StageLatencyTests(ITestOutputHelper output)
{
    private const int Listeners = 1_000;
    private const int Accepts = 20;
    private const double Allowed = 0.99;

    private static readonly TimeSpan Most = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Who_accepts_is_heard_by_a_thousand_within_300_ms_though_others_speak_already(int others)
    {
        using var node = new SimulatedNode();
        var room = new Room("r1", "lobby", new RoomSettings { Slots = 3, MaxAudience = 2 * Listeners }, node.Now, new Instant(0), NextCsrc());
        SimulatedClient[] speakers = [.. Enumerable.Range(0, others).Select(_ => node.Connect())];
        for (int i = 0; i < others; i++)
        {
            string id = $"host-{i}";
            Act(node, room, r => r.Join(id, Request(id, Role.Moderator) with { OnStage = true }, out _, out _), speakers[i]);
        }

        SimulatedClient[] guests = [.. Enumerable.Range(0, Accepts).Select(_ => node.Connect())];
        SimulatedClient[] listeners = [.. Enumerable.Range(0, Listeners).Select(_ => node.Join())];
        while (!listeners.All(l => l.IsConnected))
            Say(node, speakers);
        var waits = new List<TimeSpan>(Accepts * Listeners);

        for (int i = 0; i < Accepts; i++)
        {
            string id = $"guest-{i}";
            Act(node, room, r => r.Join(id, Request(id, Role.Audience), out _, out _));
            Act(node, room, r => r.Invite(r.Find("host-0"), r.Find(id)!));
            // Accepts at different moments between two packets of the microphone.
            node.Advance(Tick * (i % 20));
            waits.AddRange(Accept(node, room, id, speakers, guests[i], listeners));
        }

        waits.Sort();
        TimeSpan p99 = waits[(int)(waits.Count * Allowed) - 1];
        output.WriteLine($"from accept to heard, {waits.Count} samples: p50 {waits[waits.Count / 2].TotalMilliseconds} ms, p99 {p99.TotalMilliseconds} ms, most {waits[^1].TotalMilliseconds} ms");
        Assert.Equal(Accepts * Listeners, waits.Count);
        Assert.InRange(p99, Tick, Most);
    }

    /// <summary>The others go on meanwhile.</summary>
    private static IEnumerable<TimeSpan> Accept(
        SimulatedNode node, Room room, string id, SimulatedClient[] speakers, SimulatedClient guest, SimulatedClient[] listeners)
    {
        Instant accepted = node.Now;
        Act(node, room, r => r.AcceptInvitation(r.Find(id)!, muted: false), guest);
        var heardAt = new Instant?[listeners.Length];
        foreach (SimulatedClient listener in listeners)
            listener.Heard.Clear();
        for (int ms = 0; ms < 1_000 && heardAt.Contains(null); ms++)
        {
            // The guest's microphone runs 7 ms behind the others'.
            foreach (SimulatedClient speaker in speakers)
            {
                if (ms % 20 == 0)
                    speaker.Speak(SimulatedClient.Opus(ms), node.Now);
            }

            if (ms % 20 == 7)
                guest.Speak(SimulatedClient.Opus(ms), node.Now);
            node.Advance(Tick);
            for (int i = 0; i < listeners.Length; i++)
                heardAt[i] ??= listeners[i].Heard.Exists(p => p.Csrc == guest.Csrc) ? node.Now : null;
        }

        Act(node, room, r => r.LeaveStage(r.Find(id)!), guest);
        return heardAt.OfType<Instant>().Select(at => at - accepted);
    }

    private static void Say(SimulatedNode node, SimulatedClient[] speakers)
    {
        foreach (SimulatedClient speaker in speakers)
            speaker.Speak(SimulatedClient.Opus(0), node.Now);
        node.Advance(SimulatedClient.PacketInterval);
    }

    /// <summary>The room decides, and its worker does what the node's host of rooms would tell it.</summary>
    private static void Act(SimulatedNode node, Room room, Func<Room, RoomError> command, SimulatedClient? about = null)
    {
        room.Advance(node.Now);
        Assert.Equal(RoomError.None, command(room));
        while (room.TryTakeEvent(out RoomEvent? roomEvent))
        {
            if (roomEvent is StageJoined)
                node.TakeStage(about!);
            if (roomEvent is StageLeft)
                node.Cores[0].RemoveSpeaker(SimulatedNode.RoomKey, about!.Csrc);
        }
    }

    private static JoinRequest Request(string identity, Role role) => new("lobby", identity, identity, role, OnStage: false);

    private static Func<uint> NextCsrc()
    {
        uint last = 0;
        return () => ++last;
    }
}
