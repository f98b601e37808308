using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Sfu.Signalling.Grpc;
using Sfu.Signalling.Tests.Support;
using Sfu.V1;

namespace Sfu.Signalling.Tests.Grpc;

public sealed class WatchRoomsTests
{
    [Fact]
    public async Task Rooms_are_told_as_they_open_change_and_end()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        using Backend backend = server.CreateBackend();
        Room old = await backend.CreateAsync("old");
        using AsyncServerStreamingCall<WatchRoomsResponse> watch = backend.Rooms.WatchRooms(new WatchRoomsRequest(), backend.Options);

        RoomsSnapshot snapshot = (await Backend.NextAsync(watch)).Snapshot;
        Room room = await backend.CreateAsync("new", new RoomSettings { Tags = { "t" } });
        RoomsChange opened = (await Backend.NextAsync(watch)).Change;
        await backend.Rooms.UpdateRoomAsync(
            new UpdateRoomRequest { Room = "new", Settings = new RoomSettings { Title = "x" }, UpdateMask = new FieldMask { Paths = { "title" } } }, backend.Options);
        RoomsChange updated = (await Backend.NextAsync(watch)).Change;
        await using ProtocolClient ada = await server.JoinAsync("new", "ada", onStage: true);
        RoomsChange staged = (await Backend.NextAsync(watch)).Change;
        await using ProtocolClient bob = await server.JoinAsync("new", "bob");
        RoomsChange counted = (await Backend.NextAsync(watch)).Change;
        await backend.Rooms.CloseRoomAsync(new CloseRoomRequest { Room = "new" }, backend.Options);
        RoomsChange gone = (await Backend.NextAsync(watch)).Change;

        Assert.True(snapshot.Complete);
        Assert.Equal(old.Id, Assert.Single(snapshot.Rooms).Id);
        Assert.Equal((room.Id, "new", snapshot.Revision + 1), (opened.Room.Id, opened.Room.Name, opened.Revision));
        Assert.Equal(["t"], opened.Room.Tags);
        Assert.Equal(("x", 0), (updated.Room.Title, updated.Room.Stage));
        Assert.Equal((1, 0), (staged.Room.Stage, staged.Room.Audience));
        Assert.Equal((1, 1, "x"), (counted.Room.Stage, counted.Room.Audience, counted.Room.Title));
        Assert.Equal((room.Id, "new", EndReason.RoomClosed), (gone.Gone.Id, gone.Gone.Name, gone.Gone.Reason));
    }

    [Fact]
    public async Task Who_resumes_misses_nothing()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        using Backend backend = server.CreateBackend();
        RoomsSnapshot snapshot = await SnapshotAsync(backend, new WatchRoomsRequest());
        await backend.CreateAsync("a");
        await backend.CreateAsync("b");

        using AsyncServerStreamingCall<WatchRoomsResponse> watch = backend.Rooms.WatchRooms(
            new WatchRoomsRequest { ListId = snapshot.ListId, Revision = snapshot.Revision + 1 }, backend.Options);

        Assert.Equal(snapshot.Revision + 1, (await Backend.NextAsync(watch)).Resumed.Revision);
        Assert.Equal("b", (await Backend.NextAsync(watch)).Change.Room.Name);
        await backend.CreateAsync("c");
        Assert.Equal("c", (await Backend.NextAsync(watch)).Change.Room.Name);
    }

    [Theory]
    [InlineData(true, 7, Reset.Types.Reason.TooOld)]
    [InlineData(false, 0, Reset.Types.Reason.OtherLife)]
    public async Task Who_cannot_resume_starts_anew(bool sameNode, long revision, object reason)
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        using Backend backend = server.CreateBackend();
        RoomsSnapshot snapshot = await SnapshotAsync(backend, new WatchRoomsRequest());

        using AsyncServerStreamingCall<WatchRoomsResponse> watch = backend.Rooms.WatchRooms(
            new WatchRoomsRequest { ListId = sameNode ? snapshot.ListId : "other", Revision = revision }, backend.Options);

        Assert.Equal(reason, (await Backend.NextAsync(watch)).Reset.Reason);
        Assert.Equal(snapshot.ListId, (await Backend.NextAsync(watch)).Snapshot.ListId);
    }

    [Fact]
    public async Task A_caller_of_one_room_sees_that_room()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        using Backend backend = server.CreateBackend();
        using Backend bound = new(server.Address, ApiToken.With(["list"], room: "mine"));
        await backend.CreateAsync("other");
        using AsyncServerStreamingCall<WatchRoomsResponse> watch = bound.Rooms.WatchRooms(new WatchRoomsRequest(), bound.Options);
        Assert.Empty((await Backend.NextAsync(watch)).Snapshot.Rooms);

        await backend.CreateAsync("another");
        await backend.CreateAsync("mine");

        Assert.Equal("mine", (await Backend.NextAsync(watch)).Change.Room.Name);
    }

    [Fact]
    public void Only_the_newest_changes_are_held()
    {
        var listing = new RoomListing();
        for (int i = 0; i <= RoomListing.Held; i++)
            listing.OnRoomEvent($"id{i}", $"room{i}", new Sfu.Rooms.RoomOpened(1, new Sfu.Rooms.RoomSettings()));
        using var queue = new WatchQueue<RoomsChange>(16);

        Assert.Equal(Reset.Types.Reason.TooOld, listing.Watch(listing.Id, 0, queue).Reset);
        Assert.Equal(RoomListing.Held, listing.Watch(listing.Id, 1, queue).Missed!.Count);
        Assert.Equal(RoomListing.Held + 1, listing.Watch("", 0, queue).Rooms.Count);
    }

    private static async Task<RoomsSnapshot> SnapshotAsync(Backend backend, WatchRoomsRequest request)
    {
        using AsyncServerStreamingCall<WatchRoomsResponse> watch = backend.Rooms.WatchRooms(request, backend.Options);
        return (await Backend.NextAsync(watch)).Snapshot;
    }
}
