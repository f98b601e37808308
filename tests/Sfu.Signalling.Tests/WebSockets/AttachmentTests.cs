using System.Text;
using System.Text.Json.Nodes;
using Sfu.Peers;
using Sfu.Rooms;
using Sfu.Signalling.Messages;
using Sfu.Signalling.WebSockets;

namespace Sfu.Signalling.Tests.WebSockets;

public sealed class AttachmentTests
{
    private readonly Outbox _outbox = new(capacity: 100);
    private readonly Attachment _attachment;

    public AttachmentTests() => _attachment = new Attachment(_outbox, new EventEncoder());

    [Fact]
    public void Nothing_comes_before_the_welcome_and_the_offer_and_nothing_twice()
    {
        _attachment.OnRoomEvent(new AudienceCounted(6, 1));
        _attachment.OnRoomEvent(new AudienceCounted(7, 2));
        _attachment.OnRoomEvent(new AudienceCounted(8, 3));
        _attachment.OnMediaState(MediaState.Connected);

        _attachment.Release(Welcome(revision: 7), new OfferMessage(1, "v=0"));
        _attachment.OnRoomEvent(new AudienceCounted(9, 4));

        JsonObject[] sent = Sent();
        Assert.Equal(["welcome", "offer", "audience", "media", "audience"], sent.Select(TypeOf));
        Assert.Equal((8, 9), ((int)sent[2]["revision"]!, (int)sent[4]["revision"]!));
    }

    [Fact]
    public void Redundancy_is_told_when_it_is_not_what_the_welcome_says()
    {
        _attachment.OnRedundancy(true);
        _attachment.Release(Welcome(revision: 0), null);
        _attachment.OnRedundancy(false);
        _attachment.OnRedundancy(true);

        JsonObject[] sent = Sent();

        Assert.Equal(["welcome", "redundancy", "redundancy", "redundancy"], sent.Select(TypeOf));
        Assert.Equal([false, true, false, true], [(bool)sent[0]["redundancy"]!, .. sent[1..].Select(message => (bool)message["on"]!)]);
    }

    [Fact]
    public void A_client_is_told_what_changed_about_itself()
    {
        _attachment.Release(Welcome(revision: 0), null);

        _attachment.OnRoomEvent(new StageJoined(1, Member("me", muted: false)));
        _attachment.OnRoomEvent(new StageJoined(2, Member("other", muted: false)));
        _attachment.OnRoomEvent(new StageChanged(3, Member("me", muted: true)));
        _attachment.SetMuted(true);
        _attachment.OnRoomEvent(new StageLeft(4, "other", 7));
        _attachment.OnRoomEvent(new StageLeft(5, "me", 7));
        _attachment.SetMuted(false);

        JsonObject[] sent = Sent();
        Assert.Equal(
            ["welcome", "stage.joined", "self", "stage.joined", "stage.changed", "self", "stage.left", "stage.left", "self", "self"],
            sent.Select(TypeOf));
        Assert.Equal(
            [(true, false), (true, true), (false, true), (false, false)],
            sent.Where(m => TypeOf(m) == "self").Select(m => ((bool)m["self"]!["onStage"]!, (bool)m["self"]!["muted"]!)));
    }

    [Fact]
    public void An_event_becomes_the_same_bytes_for_everybody()
    {
        var encoder = new EventEncoder();
        var roomEvent = new StageJoined(1, Member("other", muted: false));

        Assert.Same(encoder.Encode(roomEvent), encoder.Encode(roomEvent));
    }

    [Fact]
    public void Every_event_has_a_message()
    {
        Type[] events = [.. typeof(RoomEvent).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(RoomEvent)) && !type.IsAbstract && !type.IsSubclassOf(typeof(BackendEvent)))];
        RoomEvent[] samples =
        [
            new StageJoined(1, Member("a", false)), new StageChanged(2, Member("a", true)), new StageLeft(3, "a", 7), new AudienceCounted(4, 5),
            new ReactionsCounted(5, new Dictionary<string, int>()), new RoomUpdated(6, new RoomSettings()), new HandRaised(7, new Hand(1, "a", "a", "A", "")),
            new HandLowered(8, "a"), new Invited(9, "a", ""), new InvitationEnded(10, "a", InvitationEnd.Expired), new RoleChanged(11, "a", Role.Speaker),
            new MessageSent(12, "a", "A", MessageScope.Room, null, "", "text"), new SpeakersChanged(13, new HeardSpeakers([null], null)),
        ];

        Assert.Equal(events.ToHashSet(), samples.Select(sample => sample.GetType()).ToHashSet());
        Assert.All(samples, sample => Assert.NotEmpty(Translate.Event(sample).Type));
    }

    [Fact]
    public void Every_end_has_a_farewell() =>
        Assert.All(Enum.GetValues<EndReason>(), reason => Assert.NotEmpty(Farewell.Of(reason).Reason));

    private static ParticipantProfile Member(string id, bool muted) => new(id, id, id, Role.Speaker, 7, muted);

    private static WelcomeMessage Welcome(long revision) => new()
    {
        V = 1,
        Re = null,
        SessionId = "me",
        ResumeToken = "token",
        ResumeSeconds = 30,
        Resumed = false,
        PingSeconds = 15,
        Media = "connecting",
        Self = new SelfDto("me", "me", "me", "speaker", false, false, 7),
        Room = new RoomDto("life", "lobby", revision, 3, 0, [], Translate.Settings(new RoomSettings()), null),
        IceServers = [],
        Limits = new LimitsDto(1, 1, 1),
    };

    private static string TypeOf(JsonObject message) => (string)message["type"]!;

    private JsonObject[] Sent()
    {
        var sent = new List<JsonObject>();
        while (_outbox.TryTake(out byte[]? message))
            sent.Add(JsonNode.Parse(Encoding.UTF8.GetString(message!))!.AsObject());
        return [.. sent];
    }
}
