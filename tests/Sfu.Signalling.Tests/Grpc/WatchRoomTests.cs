using Grpc.Core;
using Sfu.Signalling.Tests.Support;
using Sfu.V1;
using Kind = Sfu.V1.RoomEvent.KindOneofCase;
using Message = Sfu.V1.WatchRoomResponse.KindOneofCase;

namespace Sfu.Signalling.Tests.Grpc;

public sealed class WatchRoomTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_watch_begins_with_a_snapshot_and_ends_with_the_room()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        using Backend backend = server.CreateBackend();
        Room room = await backend.CreateAsync("lobby");
        using AsyncServerStreamingCall<WatchRoomResponse> watch = backend.Rooms.WatchRoom(new WatchRoomRequest { Room = "lobby" }, backend.Options);

        Assert.Equal(room, (await Backend.NextAsync(watch)).Snapshot);
        await using ProtocolClient ada = await server.JoinAsync("lobby", "ada", onStage: true);
        RoomEvent joined = (await Backend.NextAsync(watch)).Event;
        RoomEvent staged = (await Backend.NextAsync(watch)).Event;
        await backend.Rooms.CloseRoomAsync(new CloseRoomRequest { Room = "lobby" }, backend.Options);

        Assert.Equal((Kind.ParticipantJoined, room.Id, room.Revision + 1), (joined.KindCase, joined.RoomId, joined.Revision));
        Assert.Equal((Kind.StageJoined, room.Revision + 2), (staged.KindCase, staged.Revision));
        Assert.Equal("ada", staged.StageJoined.Participant.Identity);
        RoomEvent last;
        do
            last = (await Backend.NextAsync(watch)).Event;
        while (last.KindCase != Kind.Ended);
        Assert.Equal(EndReason.RoomClosed, last.Ended.Reason);
        Assert.False(await watch.ResponseStream.MoveNext(Cancelled));
        Assert.Equal(StatusCode.OK, watch.GetStatus().StatusCode);
    }

    [Fact]
    public async Task A_room_that_is_not_there_cannot_be_watched()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        using Backend backend = server.CreateBackend();
        using AsyncServerStreamingCall<WatchRoomResponse> watch = backend.Rooms.WatchRoom(new WatchRoomRequest { Room = "nowhere" }, backend.Options);

        await Backend.FailsAsync(StatusCode.NotFound, "NO_SUCH_ROOM", () => watch.ResponseStream.MoveNext(Cancelled));
    }

    [Fact]
    public async Task Who_resumes_misses_nothing()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        using Backend backend = server.CreateBackend();
        Room room = await backend.CreateAsync("lobby");
        await SayAsync(backend, "one");
        await SayAsync(backend, "two");

        using AsyncServerStreamingCall<WatchRoomResponse> watch = Resume(backend, room.Id, room.Revision + 1);
        Assert.Equal(room.Revision + 1, (await Backend.NextAsync(watch)).Resumed.Revision);
        RoomEvent missed = (await Backend.NextAsync(watch)).Event;
        await SayAsync(backend, "three");
        RoomEvent next = (await Backend.NextAsync(watch)).Event;

        Assert.Equal((room.Revision + 2, "two"), (missed.Revision, missed.MessageSent.Text));
        Assert.Equal((room.Revision + 3, "three"), (next.Revision, next.MessageSent.Text));
    }

    [Fact]
    public async Task Who_knows_an_older_room_of_the_name_starts_anew()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        using Backend backend = server.CreateBackend();
        Room old = await backend.CreateAsync("lobby");
        await backend.Rooms.CloseRoomAsync(new CloseRoomRequest { Room = "lobby" }, backend.Options);
        Room room = await backend.CreateAsync("lobby");

        using AsyncServerStreamingCall<WatchRoomResponse> watch = Resume(backend, old.Id, old.Revision);

        Assert.Equal(Reset.Types.Reason.OtherLife, (await Backend.NextAsync(watch)).Reset.Reason);
        Assert.Equal(room, (await Backend.NextAsync(watch)).Snapshot);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(999_999)]
    [InlineData(-1)]
    public async Task Who_comes_back_too_late_or_knows_too_much_starts_anew(long revision)
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        using Backend backend = server.CreateBackend();
        Room room = await backend.CreateAsync("lobby");
        server.Node.Act("lobby", r => Talk(r, 1_100, "x"));

        using AsyncServerStreamingCall<WatchRoomResponse> watch = Resume(backend, room.Id, revision);

        Assert.Equal(Reset.Types.Reason.TooOld, (await Backend.NextAsync(watch)).Reset.Reason);
        Assert.Equal(room.Revision + 1_100, (await Backend.NextAsync(watch)).Snapshot.Revision);
    }

    [Fact]
    public async Task A_slow_watcher_is_let_go_and_holds_nobody_up()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync(new() { ["Sfu:Grpc:WatchQueue"] = "16" });
        using Backend backend = new(server.Address, handler: new SocketsHttpHandler { InitialHttp2StreamWindowSize = 65_535 });
        await backend.CreateAsync("lobby");
        using AsyncServerStreamingCall<WatchRoomResponse> watch = backend.Rooms.WatchRoom(new WatchRoomRequest { Room = "lobby" }, backend.Options);
        Assert.Equal(Message.Snapshot, (await Backend.NextAsync(watch)).KindCase);

        // Nobody reads meanwhile: far more than the windows of HTTP/2, the server's buffers and the queue hold.
        Assert.Equal(Sfu.Rooms.RoomError.None, server.Node.Act("lobby", r => Talk(r, 2_000, new string('x', 2_000))));

        await Backend.FailsAsync(StatusCode.ResourceExhausted, "TOO_SLOW", async () =>
        {
            while (await watch.ResponseStream.MoveNext(Cancelled))
            {
            }
        });
        Assert.NotNull(await backend.Rooms.GetRoomAsync(new GetRoomRequest { Room = "lobby" }, backend.Options));
    }

    [Fact]
    public async Task A_read_after_an_event_is_never_older_than_the_event()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        using Backend backend = server.CreateBackend();
        await backend.CreateAsync("lobby");
        using AsyncServerStreamingCall<WatchRoomResponse> watch = backend.Rooms.WatchRoom(new WatchRoomRequest { Room = "lobby" }, backend.Options);
        await Backend.NextAsync(watch);
        Task talk = Task.Run(
            () =>
            {
                for (int i = 0; i < 200; i++)
                    server.Node.Act("lobby", r => r.Update(null, r.Settings with { Title = r.Revision.ToString(System.Globalization.CultureInfo.InvariantCulture) }));
            },
            Cancelled);

        for (int i = 0; i < 200; i++)
        {
            RoomEvent told = (await Backend.NextAsync(watch)).Event;
            Room read = await backend.Rooms.GetRoomAsync(new GetRoomRequest { Room = "lobby" }, backend.Options);
            Assert.True(read.Revision >= told.Revision, $"{read.Revision} after {told.Revision}");
            Assert.True(long.Parse(read.Settings.Title, System.Globalization.CultureInfo.InvariantCulture) >= long.Parse(told.Updated.Settings.Title, System.Globalization.CultureInfo.InvariantCulture));
        }

        await talk;
    }

    [Fact]
    public async Task Who_stops_watching_is_forgotten()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        using Backend backend = server.CreateBackend();
        await backend.CreateAsync("lobby");
        AsyncServerStreamingCall<WatchRoomResponse> watch = backend.Rooms.WatchRoom(new WatchRoomRequest { Room = "lobby" }, backend.Options);
        await Backend.NextAsync(watch);

        watch.Dispose();
        await SayAsync(backend, "nobody hears");

        Assert.Empty(server.Logs.Warnings);
    }

    [Fact]
    public async Task A_server_that_stops_ends_the_watches()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        using Backend backend = server.CreateBackend();
        await backend.CreateAsync("lobby");
        using AsyncServerStreamingCall<WatchRoomResponse> watch = backend.Rooms.WatchRoom(new WatchRoomRequest { Room = "lobby" }, backend.Options);
        await Backend.NextAsync(watch);

        Task stopped = server.StopAsync();

        await Backend.FailsAsync(StatusCode.Unavailable, "UNAVAILABLE", () => watch.ResponseStream.MoveNext(Cancelled));
        await stopped;
    }

    private static AsyncServerStreamingCall<WatchRoomResponse> Resume(Backend backend, string roomId, long revision) =>
        backend.Rooms.WatchRoom(new WatchRoomRequest { Room = "lobby", RoomId = roomId, Revision = revision }, backend.Options);

    private static Sfu.Rooms.RoomError Talk(Sfu.Rooms.Room room, int messages, string text)
    {
        Sfu.Rooms.RoomError error = Sfu.Rooms.RoomError.None;
        for (int i = 0; i < messages; i++)
            error = room.Send(null, Sfu.Rooms.MessageScope.Room, null, "", text);
        return error;
    }

    private static async Task SayAsync(Backend backend, string text) =>
        await backend.Rooms.SendMessageAsync(new SendMessageRequest { Room = "lobby", Text = text }, backend.Options);
}
