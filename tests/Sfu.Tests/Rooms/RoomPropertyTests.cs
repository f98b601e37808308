using CsCheck;
using Sfu.Rooms;

namespace Sfu.Tests.Rooms;

/// <summary>No sequence of commands, whoever gives them, breaks what must always hold.</summary>
public sealed class RoomPropertyTests
{
    private static readonly string[] People = ["ann", "ben", "cleo", "dan", "eve", "mia", "max"];

    private static readonly Gen<RoomSettings> AnySettings = Gen.Select(Gen.Int[1, 4], Gen.Int[1, 3], Gen.Bool, Gen.Bool, Gen.Bool).Select(
        (audience, stage, waiting, isPrivate, promote) => new RoomSettings
        {
            MaxAudience = audience,
            MaxStage = stage,
            WaitingList = waiting,
            Visibility = isPrivate ? Visibility.Private : Visibility.Public,
            EmptyTimeout = TimeSpan.FromSeconds(30),
            ModeratorTimeout = TimeSpan.FromSeconds(60),
            PromoteFromStage = promote,
        });

    private static readonly Gen<Command[]> AnyCommands =
        Gen.Select(Gen.Int[0, 21], Gen.Int[0, People.Length], Gen.Int[0, People.Length - 1], Gen.Int[0, 20]).Select((what, by, whom, seconds) => new Command(what, by, whom, seconds)).Array[1, 80];

    [Fact]
    public void Invariants_hold_after_every_command() => Gen.Select(AnySettings, AnyCommands).Sample(
        (settings, commands) =>
        {
            var harness = new RoomHarness(settings, doorsIn: TimeSpan.FromSeconds(commands[0].Seconds));
            var model = new RoomModel(harness);
            foreach (Command command in commands)
            {
                Run(harness, model, command);
                model.Check();
            }
        },
        iter: 3_000);

    private static void Run(RoomHarness harness, RoomModel model, Command command)
    {
        Room room = harness.Room;
        Participant? by = command.By == People.Length ? null : Inside(room, People[command.By]);
        string identity = People[command.Whom];
        bool anonymous = by is null && command.By != People.Length;
        switch (command.What)
        {
            case < 6:
                model.Join(identity, (Role)(command.Seconds % 3), onStage: command.Seconds % 2 == 0);
                return;
            case 6:
                harness.Advance(TimeSpan.FromSeconds(command.Seconds));
                return;
            case 7 when by is null:
                room.Admit(null, identity);
                return;
        }

        if (anonymous || Inside(room, identity) is not { } whom)
            return;
        switch (command.What)
        {
            case 8:
                room.Leave(whom);
                break;
            case 9:
                room.RaiseHand(whom, "");
                break;
            case 10:
                room.LowerHand(by, whom);
                break;
            case 11:
                room.Invite(by, whom);
                break;
            case 12:
                room.AcceptInvitation(whom);
                break;
            case 13:
                room.DeclineInvitation(whom);
                break;
            case 14:
                room.TakeStage(whom, command.Seconds % 2 == 0);
                break;
            case 15:
                room.LeaveStage(whom);
                break;
            case 16:
                room.SetMuted(whom, command.Seconds % 2 == 0);
                break;
            case 17:
                room.Mute(by, whom, command.Seconds % 2 == 0);
                break;
            case 18:
                room.SetRole(by, whom, (Role)(command.Seconds % 3));
                break;
            case 19 when by is not null:
                room.HandOver(by, whom);
                break;
            case 20:
                model.Remove(by, whom, ban: command.Seconds % 2 == 0);
                break;
            case 21 when command.Seconds == 0:
                room.Close(by);
                break;
        }
    }

    private static Participant? Inside(Room room, string identity) => room.TryFind(identity, out Participant? inside) ? inside : null;

    private sealed record Command(int What, int By, int Whom, int Seconds);
}
