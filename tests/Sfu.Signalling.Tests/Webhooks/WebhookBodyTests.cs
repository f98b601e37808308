using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json.Nodes;
using Sfu.Rooms;
using Sfu.Signalling.Webhooks;

namespace Sfu.Signalling.Tests.Webhooks;

public sealed class WebhookBodyTests
{
    private static readonly ParticipantProfile Ann = new("p1", "ann", "Ann", Role.Speaker, 7, Muted: false);

    private static readonly RoomEvent[] Events =
    [
        new RoomOpened(1, new RoomSettings()), new RoomUpdated(1, new RoomSettings()), new RoomEnded(1, EndReason.RoomEmpty),
        new ParticipantJoined(1, Ann), new ParticipantLeft(1, "p1", "ann", EndReason.Left), new Waiting(1, "p1", "ann", WaitReason.RoomFull, 2),
        new WaitingEnded(1, "p1", "ann", EndReason.Left), new StageJoined(1, Ann), new StageChanged(1, Ann), new StageLeft(1, "p1", 7),
        new HandRaised(1, new Hand(1, "p1", "ann", "Ann", "é")), new HandLowered(1, "p1"), new Invited(1, "p1", ""),
        new InvitationEnded(1, "p1", InvitationEnd.Declined), new RoleChanged(1, "p1", Role.Moderator),
        new MessageSent(1, "p1", "Ann", MessageScope.Stage, null, "chat", "hi"),
    ];

    [Fact]
    public void Every_event_but_the_counts_and_who_is_heard_is_told()
    {
        Type[] all = [.. typeof(RoomEvent).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(RoomEvent)) && !t.IsAbstract)];

        Assert.Equal(
            all.Except([typeof(AudienceCounted), typeof(ReactionsCounted), typeof(SpeakersChanged)]).Select(t => t.Name).Order(),
            Events.Select(e => e.GetType().Name).Order());
        Assert.Equal(WebhookTypes.All, Events.Select(e => WebhookTypes.Of(e)!).Order(StringComparer.Ordinal));
        Assert.Null(WebhookTypes.Of(new AudienceCounted(1, 1)));
        Assert.Null(WebhookTypes.Of(new SpeakersChanged(1, HeardSpeakers.Nobody)));
    }

    [Fact]
    public void Every_type_and_its_fields_stand_on_the_page()
    {
        string page = File.ReadAllText(PathOfPage());
        string[] lines = page[page.IndexOf("## Webhooks", StringComparison.Ordinal)..page.IndexOf("## Operating the server", StringComparison.Ordinal)].Split('\n');

        foreach (RoomEvent roomEvent in Events)
        {
            JsonObject json = Encode(roomEvent);
            string line = lines.Single(l => l.StartsWith($"| `{(string)json["type"]!}` | ", StringComparison.Ordinal));
            string[] fields = [.. json.Select(f => f.Key).Except(["id", "type", "time", "roomId", "room", "revision"])];
            Assert.NotEmpty(fields);
            Assert.All(fields, field => Assert.Contains($"`{field}`", line, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void A_room_that_nobody_closed_says_so() => Assert.Equal("room-empty", (string)Encode(new RoomEnded(9, EndReason.RoomEmpty))["reason"]!);

    [Fact]
    public void Texts_stay_as_they_are() =>
        Assert.Contains("\"note\":\"é\"", Encoding.UTF8.GetString(WebhookJson.Encode(Note(Events.OfType<HandRaised>().Single()))), StringComparison.Ordinal);

    private static JsonObject Encode(RoomEvent roomEvent) => JsonNode.Parse(WebhookJson.Encode(Note(roomEvent)))!.AsObject();

    private static WebhookEvent Note(RoomEvent roomEvent) => new("r1", "lobby", WebhookTypes.Of(roomEvent)!, DateTimeOffset.UnixEpoch, roomEvent);

    private static string PathOfPage([CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "src", "Sfu.Signalling", "README.md");
}
