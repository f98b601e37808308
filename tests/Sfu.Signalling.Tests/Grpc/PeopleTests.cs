using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using Sfu.Signalling.Tests.Support;
using Sfu.V1;

namespace Sfu.Signalling.Tests.Grpc;

public sealed class PeopleTests
{
    [Fact]
    public async Task The_stage_comes_first_and_the_rest_in_pages()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        using Backend backend = server.CreateBackend();
        await using ProtocolClient zoe = await server.JoinAsync("lobby", "zoe", onStage: true);
        await using ProtocolClient bob = await server.JoinAsync("lobby", "bob", "audience");
        await using ProtocolClient ada = await server.JoinAsync("lobby", "ada", "audience");
        await using ProtocolClient amy = await server.JoinAsync("lobby", "amy");

        ListParticipantsResponse first = await ListAsync(new ListParticipantsRequest { PageSize = 2 });
        ListParticipantsResponse second = await ListAsync(new ListParticipantsRequest { PageSize = 2, PageToken = first.NextPageToken });

        Assert.Equal(["zoe", "ada", "amy"], first.Participants.Select(p => p.Identity));
        Assert.Equal(["bob"], second.Participants.Select(p => p.Identity));
        Assert.Equal("", second.NextPageToken);
        Assert.True(first.Participants[0].OnStage);
        Assert.Equal(server.Node.FindRoom("lobby")!.Id, first.RoomId);
        Assert.Equal(["zoe", "amy"], (await ListAsync(new ListParticipantsRequest { Role = Role.Speaker })).Participants.Select(p => p.Identity));
        Assert.Equal(["zoe", "amy"], (await ListAsync(new ListParticipantsRequest { Role = Role.Speaker, PageSize = 1 })).Participants.Select(p => p.Identity));
        Assert.Equal(["ada", "amy"], (await ListAsync(new ListParticipantsRequest { NamePrefix = "A" })).Participants.Select(p => p.Identity));

        async Task<ListParticipantsResponse> ListAsync(ListParticipantsRequest request)
        {
            request.Room = "lobby";
            return await backend.Rooms.ListParticipantsAsync(request, backend.Options);
        }
    }

    [Fact]
    public async Task Somebody_is_found_by_id_or_identity()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        using Backend backend = server.CreateBackend();
        await using ProtocolClient ada = await server.JoinAsync("lobby", "ada");

        Assert.Equal("ada", (await backend.Rooms.GetParticipantAsync(new GetParticipantRequest { Room = "lobby", ParticipantId = ada.SessionId }, backend.Options)).Identity);
        Assert.Equal(ada.SessionId, (await backend.Rooms.GetParticipantAsync(new GetParticipantRequest { Room = "lobby", Identity = "ada" }, backend.Options)).Id);
        Assert.Equal(["who"], await Backend.InvalidAsync(backend.Rooms.GetParticipantAsync(new GetParticipantRequest { Room = "lobby" }, backend.Options)));
        Google.Rpc.Status status = await Backend.FailsAsync(
            StatusCode.NotFound, "NO_SUCH_PARTICIPANT", backend.Rooms.GetParticipantAsync(new GetParticipantRequest { Room = "lobby", Identity = "bob" }, backend.Options));
        Assert.Equal(("sfu.v1.Participant", "bob"), (status.GetDetail<ResourceInfo>()!.ResourceType, status.GetDetail<ResourceInfo>()!.ResourceName));
    }

    [Fact]
    public async Task The_mask_says_what_becomes_of_somebody()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        using Backend backend = server.CreateBackend();
        await using ProtocolClient ada = await server.JoinAsync("lobby", "ada", onStage: true);

        Participant muted = await UpdateAsync(new UpdateParticipantRequest { Muted = true, Metadata = "m", Role = Role.Audience }, "muted", "metadata");
        Assert.Equal((true, true, "m", Role.Speaker, true), (muted.Muted, muted.MuteLocked, muted.Metadata, muted.Role, muted.OnStage));
        Assert.Equal("muted-by-moderator", (string?)(await ada.RequestAsync("""{"type":"mute","muted":false}"""))["code"]);
        Assert.Equal(Hearing.Pinned, (await UpdateAsync(new UpdateParticipantRequest { Hearing = Hearing.Pinned }, "hearing")).Hearing);
        Assert.Equal(Hearing.ByVoice, (await UpdateAsync(new UpdateParticipantRequest(), "hearing")).Hearing);
        Participant allowed = await UpdateAsync(new UpdateParticipantRequest(), "muted");
        Assert.Equal((true, false), (allowed.Muted, allowed.MuteLocked));
        Participant listener = await UpdateAsync(new UpdateParticipantRequest { Role = Role.Audience }, "role");
        Assert.Equal((Role.Audience, false), (listener.Role, listener.OnStage));

        async Task<Participant> UpdateAsync(UpdateParticipantRequest request, params string[] paths)
        {
            request.Room = "lobby";
            request.Identity = "ada";
            request.UpdateMask = new FieldMask { Paths = { paths } };
            return await backend.Rooms.UpdateParticipantAsync(request, backend.Options);
        }
    }

    [Fact]
    public async Task A_wrong_update_of_somebody_is_refused()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        using Backend backend = server.CreateBackend();
        await backend.CreateAsync("lobby");

        Assert.Equal(["update_mask"], await InvalidAsync(new UpdateParticipantRequest()));
        Assert.Equal(["update_mask"], await InvalidAsync(new UpdateParticipantRequest { UpdateMask = new FieldMask { Paths = { "name" } } }));
        Assert.Equal(["role"], await InvalidAsync(new UpdateParticipantRequest { UpdateMask = new FieldMask { Paths = { "role" } } }));
        Assert.Equal(["metadata"], await InvalidAsync(new UpdateParticipantRequest { Metadata = new string('x', 65_537), UpdateMask = new FieldMask { Paths = { "metadata" } } }));

        Task<string[]> InvalidAsync(UpdateParticipantRequest request)
        {
            request.Room = "lobby";
            request.Identity = "ada";
            return Backend.InvalidAsync(backend.Rooms.UpdateParticipantAsync(request, backend.Options));
        }
    }

    [Fact]
    public async Task Who_is_invited_accepts_and_speaks()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        using Backend backend = server.CreateBackend();
        await using ProtocolClient ada = await server.JoinAsync("lobby", "ada", "audience");
        await ada.RequestAsync("""{"type":"raise-hand","note":"birds"}""");
        Assert.Equal("birds", Assert.Single((await backend.Rooms.GetRoomAsync(new GetRoomRequest { Room = "lobby" }, backend.Options)).Hands).Note);

        InviteParticipantsResponse invited = await backend.Rooms.InviteParticipantsAsync(
            new InviteParticipantsRequest { Room = "lobby", ParticipantIds = { ada.SessionId, "gone" } }, backend.Options);

        Assert.Equal([ada.SessionId], invited.ParticipantIds);
        await ada.ExpectAsync("invited");
        Assert.Equal("ok", (string?)(await ada.RequestAsync("""{"type":"accept-invitation"}"""))["type"]);
        Room room = await backend.Rooms.GetRoomAsync(new GetRoomRequest { Room = "lobby" }, backend.Options);
        Assert.Equal("ada", Assert.Single(room.Stage).Identity);
        await Backend.FailsAsync(StatusCode.FailedPrecondition, "ALREADY_ON_STAGE", backend.Rooms.InviteParticipantsAsync(
            new InviteParticipantsRequest { Room = "lobby", ParticipantIds = { ada.SessionId } }, backend.Options));
        Assert.Equal(["participant_ids"], await Backend.InvalidAsync(backend.Rooms.InviteParticipantsAsync(new InviteParticipantsRequest { Room = "lobby" }, backend.Options)));
    }

    [Fact]
    public async Task An_invitation_is_withdrawn_and_a_hand_dismissed()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        using Backend backend = server.CreateBackend();
        await using ProtocolClient ada = await server.JoinAsync("lobby", "ada", "audience");
        await ada.RequestAsync("""{"type":"raise-hand"}""");
        await backend.Rooms.InviteParticipantsAsync(new InviteParticipantsRequest { Room = "lobby", ParticipantIds = { ada.SessionId } }, backend.Options);
        var withdraw = new WithdrawInvitationRequest { Room = "lobby", ParticipantId = ada.SessionId };
        var lower = new LowerHandRequest { Room = "lobby", ParticipantId = ada.SessionId };

        await backend.Rooms.WithdrawInvitationAsync(withdraw, backend.Options);
        await backend.Rooms.LowerHandAsync(lower, backend.Options);

        await ada.ExpectAsync("invitation.ended");
        await ada.ExpectAsync("hand.lowered");
        await Backend.FailsAsync(StatusCode.FailedPrecondition, "NO_INVITATION", backend.Rooms.WithdrawInvitationAsync(withdraw, backend.Options));
        await backend.Rooms.LowerHandAsync(lower, backend.Options);
        lower.ParticipantId = "gone";
        await Backend.FailsAsync(StatusCode.NotFound, "NO_SUCH_PARTICIPANT", backend.Rooms.LowerHandAsync(lower, backend.Options));
    }

    [Fact]
    public async Task Who_is_removed_may_come_back_and_who_is_banned_not()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        using Backend backend = server.CreateBackend();
        await backend.CreateAsync("lobby");
        await using ProtocolClient ada = await server.JoinAsync("lobby", "ada");

        await backend.Rooms.RemoveParticipantAsync(new RemoveParticipantRequest { Room = "lobby", ParticipantId = ada.SessionId }, backend.Options);
        Assert.Equal("removed", (string?)(await ada.ReceiveUntilClosedAsync())[^1]["reason"]);
        await using ProtocolClient again = await server.JoinAsync("lobby", "ada");
        await backend.Rooms.RemoveParticipantAsync(new RemoveParticipantRequest { Room = "lobby", ParticipantId = again.SessionId, Ban = true }, backend.Options);
        Assert.Equal("banned", (string?)(await again.ReceiveUntilClosedAsync())[^1]["reason"]);

        // Somebody who is not there.
        await backend.Rooms.RemoveParticipantAsync(new RemoveParticipantRequest { Room = "lobby", Identity = "bob", Ban = true }, backend.Options);
        await using ProtocolClient bob = await server.ConnectAsync();
        await bob.SendAsync($$"""{"type":"join","v":1,"room":"lobby","token":"{{TestToken.For("lobby", "bob")}}"}""");
        Assert.Equal("banned", (string?)(await bob.ReceiveAsync())["code"]);
        await Backend.FailsAsync(StatusCode.NotFound, "NO_SUCH_PARTICIPANT", backend.Rooms.RemoveParticipantAsync(
            new RemoveParticipantRequest { Room = "lobby", Identity = "eve" }, backend.Options));
    }

    [Fact]
    public async Task Messages_reach_whom_they_are_for()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        using Backend backend = server.CreateBackend();
        await using ProtocolClient ada = await server.JoinAsync("lobby", "ada");
        await using ProtocolClient bob = await server.JoinAsync("lobby", "bob", onStage: true);

        await SendAsync(new SendMessageRequest { Scope = MessageScope.Stage, Text = "stage" });
        await SendAsync(new SendMessageRequest { Scope = MessageScope.One, To = ada.SessionId, Text = "ada" });
        await SendAsync(new SendMessageRequest { Topic = "t", Text = "all" });

        Assert.Equal("ada", (string?)(await ada.ExpectAsync("message"))["text"]);
        Assert.Equal("all", (string?)(await ada.ExpectAsync("message"))["text"]);
        Assert.Equal("stage", (string?)(await bob.ExpectAsync("message"))["text"]);
        Assert.Equal("t", (string?)(await bob.ExpectAsync("message"))["topic"]);
        Assert.Equal(["to", "topic", "text"], await Backend.InvalidAsync(backend.Rooms.SendMessageAsync(
            new SendMessageRequest { Room = "lobby", Scope = MessageScope.One, Topic = new string('x', 65) }, backend.Options)));
        await Backend.FailsAsync(StatusCode.NotFound, "NO_SUCH_PARTICIPANT", backend.Rooms.SendMessageAsync(
            new SendMessageRequest { Room = "lobby", Scope = MessageScope.One, To = "gone", Text = "x" }, backend.Options));

        async Task SendAsync(SendMessageRequest request)
        {
            request.Room = "lobby";
            await backend.Rooms.SendMessageAsync(request, backend.Options);
        }
    }
}
