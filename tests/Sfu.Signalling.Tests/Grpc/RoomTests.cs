using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using Sfu.Signalling.Tests.Support;
using Sfu.V1;

namespace Sfu.Signalling.Tests.Grpc;

public sealed class RoomTests
{
    [Fact]
    public async Task A_room_is_created_with_its_settings_and_found()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        using Backend backend = server.CreateBackend();
        var opensAt = Timestamp.FromDateTime(DateTime.UtcNow.AddHours(1));

        Room created = await backend.CreateAsync("birds", new RoomSettings
        {
            Title = "Birds",
            Tags = { "nature/birds" },
            Metadata = "{}",
            Visibility = Visibility.Private,
            Profile = RoomProfile.Music,
            Hands = HandPolicy.Followed,
            Slots = 5,
            Selection = new SelectionPolicy { Patience = Duration.FromTimeSpan(TimeSpan.FromSeconds(9)), NoiseMargin = 11 },
            MaxStage = 8,
            MaxAudience = 70,
            WaitingList = true,
            OpensAt = opensAt,
            EmptyTimeout = Duration.FromTimeSpan(TimeSpan.FromSeconds(90)),
            ModeratorTimeout = Duration.FromTimeSpan(TimeSpan.FromSeconds(60)),
            PromoteFromStage = true,
            RefuseSecondConnection = true,
        });

        Assert.Equal(16, created.Id.Length);
        Assert.Equal(created, await backend.Rooms.GetRoomAsync(new GetRoomRequest { Room = "birds" }, backend.Options));
        RoomSettings settings = created.Settings;
        Assert.Equal(("Birds", "{}", Visibility.Private, RoomProfile.Music, HandPolicy.Followed), (settings.Title, settings.Metadata, settings.Visibility, settings.Profile, settings.Hands));
        Assert.Equal((5, 8, 70, true, true, true), (settings.Slots, settings.MaxStage, settings.MaxAudience, settings.WaitingList, settings.PromoteFromStage, settings.RefuseSecondConnection));
        Assert.Equal((90, 60, false), (settings.EmptyTimeout.Seconds, settings.ModeratorTimeout.Seconds, settings.KeepWhenEmpty));
        Assert.Equal(opensAt, settings.OpensAt);
        Assert.Equal((9, 11, 62, 800_000_000), (settings.Selection.Patience.Seconds, settings.Selection.NoiseMargin, settings.Selection.SpeechLevel, settings.Selection.HoldTime.Nanos));
        Assert.Equal(["nature/birds"], settings.Tags);
    }

    [Fact]
    public async Task Defaults_are_filled_in()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        using Backend backend = server.CreateBackend();

        Room room = await backend.Rooms.CreateRoomAsync(new CreateRoomRequest(), backend.Options);

        Assert.Equal(16, room.Name.Length);
        Assert.Equal(300, room.Settings.EmptyTimeout.Seconds);
        Assert.Null(room.Settings.ModeratorTimeout);
        Assert.Equal((64, 5_000, 3), (room.Settings.MaxStage, room.Settings.MaxAudience, room.Settings.Slots));
        Assert.Equal((Visibility.Public, RoomProfile.Voice, HandPolicy.Everyone), (room.Settings.Visibility, room.Settings.Profile, room.Settings.Hands));
        Room kept = await backend.CreateAsync("kept", new RoomSettings { KeepWhenEmpty = true });
        Assert.True(kept.Settings.KeepWhenEmpty);
        Assert.Null(kept.Settings.EmptyTimeout);
    }

    [Fact]
    public async Task The_same_request_makes_one_room()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        using Backend backend = server.CreateBackend();
        var request = new CreateRoomRequest { RequestId = "r1", Settings = new RoomSettings { Title = "A" } };

        Room first = await backend.Rooms.CreateRoomAsync(request, backend.Options);
        Room second = await backend.Rooms.CreateRoomAsync(request.Clone(), backend.Options);
        request.Settings.Title = "B";
        string[] fields = await Backend.InvalidAsync(backend.Rooms.CreateRoomAsync(request, backend.Options));

        Assert.Equal(first, second);
        Assert.Equal(["request_id"], fields);
        await backend.Rooms.CloseRoomAsync(new CloseRoomRequest { Room = first.Name }, backend.Options);
        request.Settings.Title = "A";
        await Backend.FailsAsync(StatusCode.NotFound, "NO_SUCH_ROOM", backend.Rooms.CreateRoomAsync(request, backend.Options));
    }

    [Fact]
    public async Task A_name_is_taken_once()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        using Backend backend = server.CreateBackend();
        await backend.CreateAsync("lobby");

        Google.Rpc.Status status = await Backend.FailsAsync(StatusCode.AlreadyExists, "ROOM_EXISTS", () => backend.CreateAsync("lobby"));

        Assert.Equal("lobby", status.GetDetail<ResourceInfo>()!.ResourceName);
    }

    [Fact]
    public async Task Everything_that_is_wrong_is_told_at_once()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        using Backend backend = server.CreateBackend();

        string[] fields = await Backend.InvalidAsync(backend.Rooms.CreateRoomAsync(
            new CreateRoomRequest
            {
                RequestId = new string('x', 65),
                Name = "a\nb",
                Settings = new RoomSettings
                {
                    Title = new string('x', 257),
                    Tags = { "a/b/c" },
                    Hands = (HandPolicy)77,
                    Slots = 13,
                    Selection = new SelectionPolicy { Pause = Duration.FromTimeSpan(TimeSpan.FromSeconds(6)) },
                    MaxStage = -1,
                    MaxAudience = -1,
                    EmptyTimeout = new Duration { Seconds = -1 },
                    OpensAt = new Timestamp { Seconds = long.MaxValue },
                },
            },
            backend.Options));

        Assert.Equal(
            ["name", "request_id", "settings.empty_timeout", "settings.hands", "settings.max_audience", "settings.max_stage", "settings.opens_at", "settings.selection.pause", "settings.slots", "settings.tags", "settings.title"],
            fields.Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Rooms_are_listed_by_name_in_pages()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        using Backend backend = server.CreateBackend();
        foreach (string name in new[] { "c", "a", "b" })
            await backend.CreateAsync(name);

        ListRoomsResponse first = await backend.Rooms.ListRoomsAsync(new ListRoomsRequest { PageSize = 2 }, backend.Options);
        ListRoomsResponse second = await backend.Rooms.ListRoomsAsync(new ListRoomsRequest { PageSize = 2, PageToken = first.NextPageToken }, backend.Options);

        Assert.Equal(["a", "b"], first.Rooms.Select(r => r.Name));
        Assert.Equal(["c"], second.Rooms.Select(r => r.Name));
        Assert.Equal("", second.NextPageToken);
        Assert.Equal(["page_size", "page_token"], await Backend.InvalidAsync(backend.Rooms.ListRoomsAsync(new ListRoomsRequest { PageSize = 201, PageToken = "!" }, backend.Options)));
    }

    [Fact]
    public async Task Rooms_are_filtered()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        using Backend backend = server.CreateBackend();
        await backend.CreateAsync("birds", new RoomSettings { Tags = { "nature/birds" } });
        await backend.CreateAsync("nature", new RoomSettings { Tags = { "Nature" }, Visibility = Visibility.Private });
        await backend.CreateAsync("naturism", new RoomSettings { Tags = { "naturism" } });
        await using ProtocolClient ada = await server.JoinAsync("birds", "ada", onStage: true);
        await using ProtocolClient bob = await server.JoinAsync("birds", "bob", "audience");

        Assert.Equal(["birds", "nature"], await NamesAsync(new ListRoomsRequest { Tag = "nature" }));
        Assert.Equal(["birds"], await NamesAsync(new ListRoomsRequest { Tag = "nature/birds" }));
        Assert.Equal(["nature"], await NamesAsync(new ListRoomsRequest { Visibility = Visibility.Private }));
        Assert.Equal(["birds", "naturism"], await NamesAsync(new ListRoomsRequest { Visibility = Visibility.Public }));
        Assert.Equal(["birds"], await NamesAsync(new ListRoomsRequest { MinSize = 2 }));
        Assert.Empty(await NamesAsync(new ListRoomsRequest { MinSize = 3 }));

        async Task<string[]> NamesAsync(ListRoomsRequest request) =>
            [.. (await backend.Rooms.ListRoomsAsync(request, backend.Options)).Rooms.Select(r => r.Name)];
    }

    [Fact]
    public async Task The_mask_says_what_is_changed()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        using Backend backend = server.CreateBackend();
        await backend.CreateAsync("lobby", new RoomSettings { Title = "old", Metadata = "kept", MaxAudience = 7 });
        await using ProtocolClient ada = await server.JoinAsync("lobby", "ada");

        Room updated = await backend.Rooms.UpdateRoomAsync(
            new UpdateRoomRequest
            {
                Room = "lobby",
                Settings = new RoomSettings { Title = "new", Metadata = "not named" },
                UpdateMask = new FieldMask { Paths = { "title", "max_audience" } },
            },
            backend.Options);

        Assert.Equal(("new", "kept", 5_000), (updated.Settings.Title, updated.Settings.Metadata, updated.Settings.MaxAudience));
        Assert.Equal("new", (string?)(await ada.ExpectAsync("room.updated"))["settings"]!["title"]);
    }

    [Theory]
    [InlineData("profile", "update_mask")]
    [InlineData("slots", "update_mask")]
    [InlineData("colour", "update_mask")]
    [InlineData("title", "settings.title")]
    [InlineData(null, "update_mask")]
    public async Task A_wrong_update_changes_nothing(string? path, string field)
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        using Backend backend = server.CreateBackend();
        Room room = await backend.CreateAsync("lobby");
        var request = new UpdateRoomRequest { Room = "lobby", Settings = new RoomSettings { Title = new string('x', 257) }, UpdateMask = new FieldMask() };
        if (path is not null)
            request.UpdateMask.Paths.Add(path);

        Assert.Equal([field], await Backend.InvalidAsync(backend.Rooms.UpdateRoomAsync(request, backend.Options)));

        Assert.Equal(room, await backend.Rooms.GetRoomAsync(new GetRoomRequest { Room = "lobby" }, backend.Options));
    }

    [Fact]
    public async Task Moving_the_doors_lets_in_who_waits()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        using Backend backend = server.CreateBackend();
        await backend.CreateAsync("lobby", new RoomSettings { OpensAt = Timestamp.FromDateTime(DateTime.UtcNow.AddHours(1)) });
        await using ProtocolClient ada = await server.ConnectAsync();
        await ada.SendAsync($$"""{"type":"join","v":1,"room":"lobby","token":"{{TestToken.For("lobby", "ada")}}"}""");
        await ada.ExpectAsync("waiting");

        await backend.Rooms.UpdateRoomAsync(new UpdateRoomRequest { Room = "lobby", UpdateMask = new FieldMask { Paths = { "opens_at" } } }, backend.Options);

        await ada.ExpectAsync("welcome");
    }

    [Fact]
    public async Task Closing_ends_it_for_everybody()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        using Backend backend = server.CreateBackend();
        await backend.CreateAsync("lobby");
        await using ProtocolClient ada = await server.JoinAsync("lobby", "ada");

        await backend.Rooms.CloseRoomAsync(new CloseRoomRequest { Room = "lobby" }, backend.Options);

        Assert.Equal("room-closed", (string?)(await ada.ReceiveUntilClosedAsync())[^1]["reason"]);
        Google.Rpc.Status status = await Backend.FailsAsync(
            StatusCode.NotFound, "NO_SUCH_ROOM", backend.Rooms.CloseRoomAsync(new CloseRoomRequest { Room = "lobby" }, backend.Options));
        Assert.Equal(("sfu.v1.Room", "lobby"), (status.GetDetail<ResourceInfo>()!.ResourceType, status.GetDetail<ResourceInfo>()!.ResourceName));
    }

    [Fact]
    public async Task A_deadline_is_kept()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        using Backend backend = server.CreateBackend();
        await backend.CreateAsync("lobby");

        using AsyncServerStreamingCall<WatchRoomResponse> watch = backend.Rooms.WatchRoom(
            new WatchRoomRequest { Room = "lobby" }, backend.Options.WithDeadline(DateTime.UtcNow.AddMilliseconds(500)));
        RpcException failure = await Assert.ThrowsAsync<RpcException>(async () =>
        {
            while (await watch.ResponseStream.MoveNext(TestContext.Current.CancellationToken))
            {
            }
        });

        Assert.Equal(StatusCode.DeadlineExceeded, failure.StatusCode);
    }
}
