using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Sfu.Dtls;
using Sfu.Ice;
using Sfu.Node;
using Sfu.Rooms;
using Sfu.Sdp;
using Sfu.TestKit.Node;
using Sfu.TestKit.Sdp;
using Sfu.Tests.Sdp;

namespace Sfu.Tests.Node;

/// <summary>The facade on real worker threads and fake time.</summary>
public sealed class SfuNodeTests : IAsyncDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly SfuNode _node;

    public SfuNodeTests() => _node = SfuNode.Start(
        new SfuOptions { Workers = 2, Port = 0, BindAddresses = [IPAddress.Loopback], MaxAudience = 3 },
        _time,
        NullLoggerFactory.Instance);

    public ValueTask DisposeAsync() => _node.DisposeAsync();

    [Fact]
    public void Who_is_inside_hears_of_the_stage_from_the_snapshot_on()
    {
        (Session ann, RecordingObserver annsView) = Join("ann");
        (Session ben, RecordingObserver bensView) = Join("ben");
        TakeStage(ann);
        (Session cleo, RecordingObserver cleosView) = Join("cleo");
        TakeStage(ben, muted: true);

        Assert.Equal(["ann", "ben"], annsView.Events.Cast<StageJoined>().Select(e => e.Member.Identity));
        Assert.Equal(annsView.Events, bensView.Events);
        Assert.Equal(new StageJoined(6, new ParticipantProfile(ben.Id, "ben", "ben", Role.Speaker, ben.Csrc, Muted: true) { Attributes = JoinRequest.NoAttributes }), Assert.Single(cleosView.Events));
        Assert.Equal(["ann", "ben"], cleo.Snapshot().Stage.Select(m => m.Identity));
    }

    [Fact]
    public void The_same_identity_again_replaces_the_older_stay_even_in_a_room_of_its_own()
    {
        (Session first, RecordingObserver firstView) = Join("ann");
        (Session second, RecordingObserver secondView) = Join("ann");

        Assert.Equal(EndReason.Replaced, firstView.Ended);
        Assert.Null(secondView.Ended);
        Assert.Equal(RoomError.NotInRoom, TakeStage(first));
        Assert.Equal(RoomError.None, TakeStage(second));
        Assert.Single(Assert.Single(_node.Rooms()).Stage);
    }

    [Fact]
    public void A_full_room_refuses_and_takes_the_next_one_when_somebody_leaves()
    {
        (Session ann, _) = Join("ann");
        Join("ben");
        Join("cleo");

        Assert.Equal(RoomError.RoomFull, _node.Join(Request("dan", Role.Audience), new RecordingObserver(), out Session? refused, out _));
        Assert.Null(refused);
        ann.End(EndReason.Left);
        Join("dan");
    }

    [Fact]
    public void A_room_ends_with_the_last_one_and_begins_anew_under_the_same_name()
    {
        (Session ann, _) = Join("ann");
        TakeStage(ann);
        ann.End(EndReason.Left);
        Assert.Empty(_node.Rooms());

        (Session ben, RecordingObserver view) = Join("ben");

        Assert.Empty(ben.Snapshot().Stage);
        Assert.Empty(view.Events);
    }

    [Fact]
    public void Only_a_moderator_closes_a_room_and_everybody_hears_of_it()
    {
        (Session ann, RecordingObserver annsView) = Join("ann");
        (Session mia, RecordingObserver miasView) = Join("mia", Role.Moderator);

        Assert.Equal(RoomError.RoleForbids, ann.Act((room, self) => room.Close(self)));
        Assert.Equal(RoomError.None, mia.Act((room, self) => room.Close(self)));

        Assert.Equal((EndReason.RoomClosed, EndReason.RoomClosed), (annsView.Ended, miasView.Ended));
        Assert.False(_node.CloseRoom("lobby"));
    }

    [Fact]
    public void The_audience_is_counted_once_a_second_in_one_event_for_all()
    {
        (_, RecordingObserver view) = Join("ann");
        Join("ben");
        _time.Advance(Room.CountInterval);
        _time.Advance(Room.CountInterval);

        Assert.Equal([new AudienceCounted(4, 2)], view.Events);
    }

    [Fact]
    public void An_ice_restart_offers_new_credentials_and_an_answer_to_the_older_offer_is_refused()
    {
        (Session ann, _) = Join("ann");
        Offer first = ann.CreateOffer();
        Offer second = ann.RestartIce();

        Assert.Equal((1, 2), (first.Generation, second.Generation));
        Assert.NotEqual(IceFragment(first), IceFragment(second));
        Assert.Equal("sdp-syntax", ann.Answer(2, "nonsense")?.Code);
        string answer = new TestAnswer(IceCredentials.Create(), Fingerprint.OfCertificate("a certificate"u8)).ToString();
        Assert.Equal("answer-wrong-generation", ann.Answer(1, answer)?.Code);
        Assert.Null(ann.Answer(2, answer));
    }

    [Fact]
    public void A_client_that_offers_is_answered_and_restarts_ice_with_new_credentials_on_both_sides()
    {
        (Session ann, _) = Join("ann");
        ClientOffer offer = OfferTestData.Publisher(ClientOffers.GStreamerPublisher);

        OfferReply answer = ann.Accept(offer);
        OfferReply fragment = ann.RestartIce(IceCredentials.Create());

        Assert.Equal((1, 2), (answer.Generation, fragment.Generation));
        Assert.Contains("m=audio 9 UDP/TLS/RTP/SAVPF 97\r\n", answer.Sdp, StringComparison.Ordinal);
        Assert.Contains("a=mid:audio0\r\n", fragment.Sdp, StringComparison.Ordinal);
        Assert.NotEqual(IceFragment(answer.Sdp), IceFragment(fragment.Sdp));
    }

    [Fact]
    public void Only_who_has_offered_restarts_ice_by_itself()
    {
        (Session ann, _) = Join("ann");
        ann.CreateOffer();

        Assert.Throws<InvalidOperationException>(() => ann.RestartIce(IceCredentials.Create()));
    }

    [Fact]
    public void Sessions_spread_over_the_workers_and_leave_them_again()
    {
        Session[] sessions = [Join("ann").Session, Join("ben").Session];
        foreach (Session session in sessions)
            session.CreateOffer();
        Assert.Equal([1, 1], _node.Snapshot().Workers.Select(w => w.Sessions));

        foreach (Session session in sessions)
            session.End(EndReason.Left);
        Assert.Equal([0, 0], _node.Snapshot().Workers.Select(w => w.Sessions));
    }

    [Fact]
    public async Task Stopping_ends_everybody_once_and_lets_nobody_in()
    {
        (Session ann, RecordingObserver view) = Join("ann");
        ann.CreateOffer();

        await _node.DisposeAsync();

        Assert.Equal(EndReason.ServerStopping, view.Ended);
        Assert.Equal(RoomError.Unavailable, _node.Join(Request("ben"), new RecordingObserver(), out _, out _));
        ann.End(EndReason.Left);
        Assert.Equal(EndReason.ServerStopping, view.Ended);
    }

    private static RoomError TakeStage(Session session, bool muted = false) => session.Act((room, self) => room.TakeStage(self, muted));

    private static JoinRequest Request(string identity, Role role = Role.Speaker) => new("lobby", identity, identity, role, OnStage: false);

    private static string IceFragment(Offer offer) => IceFragment(offer.Sdp);

    private static string IceFragment(string sdp) =>
        sdp.Split("\r\n").First(line => line.StartsWith("a=ice-ufrag:", StringComparison.Ordinal));

    private (Session Session, RecordingObserver View) Join(string identity, Role role = Role.Speaker)
    {
        var view = new RecordingObserver();
        Assert.Equal(RoomError.None, _node.Join(Request(identity, role), view, out Session? session, out _));
        return (session!, view);
    }
}
