using System.Globalization;
using System.Text.Json.Nodes;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using Microsoft.IdentityModel.Tokens;
using Sfu.Signalling.Tests.Support;
using Sfu.V1;

namespace Sfu.Signalling.Tests.Grpc;

public sealed class DoorTests
{
    [Fact]
    public async Task Who_is_admitted_comes_in_as_the_token_says()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        using Backend backend = server.CreateBackend();
        await backend.CreateAsync("den", new RoomSettings { Visibility = Visibility.Private });

        AdmitResponse admitted = await backend.Rooms.AdmitAsync(
            new AdmitRequest
            {
                Room = "den",
                Identity = "ada",
                Name = "Ada",
                Role = Role.Speaker,
                Attributes = { ["city"] = "London" },
                Metadata = "m",
                Followed = true,
                Ttl = Duration.FromTimeSpan(TimeSpan.FromMinutes(2)),
            },
            backend.Options);

        Assert.Equal($"ws://{server.Address.Authority}/v1/ws", admitted.Url);
        Assert.InRange(admitted.ExpiresAt.ToDateTime(), DateTime.UtcNow.AddSeconds(100), DateTime.UtcNow.AddSeconds(121));
        await using ProtocolClient ada = await server.ConnectAsync();
        await ada.JoinAsync("den", admitted.Token);
        Participant inside = await backend.Rooms.GetParticipantAsync(new GetParticipantRequest { Room = "den", Identity = "ada" }, backend.Options);
        Assert.Equal((ada.SessionId, "Ada", Role.Speaker, "m", "London"), (inside.Id, inside.Name, inside.Role, inside.Metadata, inside.Attributes["city"]));
    }

    [Fact]
    public async Task The_token_is_signed_by_the_callers_key_and_made_at_a_fraction_of_a_second()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync(new() { ["Sfu:Keys:next"] = new string('n', 40) });
        using Backend backend = new(server.Address, ApiToken.Everything with { Kid = "next", Key = new string('n', 40) });
        await backend.CreateAsync("den");
        DateTimeOffset before = DateTimeOffset.UtcNow;

        string[] parts = (await backend.Rooms.AdmitAsync(Ada("den"), backend.Options)).Token.Split('.');

        Assert.Equal("next", (string?)JsonNode.Parse(Base64UrlEncoder.Decode(parts[0]))!["kid"]);
        var claims = (JsonObject)JsonNode.Parse(Base64UrlEncoder.Decode(parts[1]))!;
        double issued = (double)claims["iat"]!;
        Assert.InRange(issued, (before - DateTimeOffset.UnixEpoch).TotalSeconds - 0.001, (DateTimeOffset.UtcNow - DateTimeOffset.UnixEpoch).TotalSeconds + 0.001);
        Assert.Contains('.', claims["iat"]!.ToJsonString());
        Assert.Equal(600, (double)claims["exp"]! - issued, 0.01);
    }

    [Fact]
    public async Task The_address_can_be_configured()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync(new() { ["Sfu:Grpc:PublicUrl"] = "wss://sfu.example.org/v1/ws" });
        using Backend backend = server.CreateBackend();
        await backend.CreateAsync("den");

        Assert.Equal("wss://sfu.example.org/v1/ws", (await backend.Rooms.AdmitAsync(Ada("den"), backend.Options)).Url);
    }

    [Fact]
    public async Task A_ban_ends_with_the_next_admission()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        using Backend backend = server.CreateBackend();
        await backend.CreateAsync("den", new RoomSettings { Visibility = Visibility.Private });
        string token = (await backend.Rooms.AdmitAsync(Ada("den"), backend.Options)).Token;
        await using ProtocolClient ada = await server.ConnectAsync();
        await ada.JoinAsync("den", token);

        await backend.Rooms.RemoveParticipantAsync(new RemoveParticipantRequest { Room = "den", Identity = "ada", Ban = true }, backend.Options);

        Assert.Equal("banned", (string?)(await ada.ReceiveUntilClosedAsync())[^1]["reason"]);
        Assert.Equal("banned", await ErrorOfAsync(server, token));
        await using ProtocolClient again = await server.ConnectAsync();
        await again.JoinAsync("den", (await backend.Rooms.AdmitAsync(Ada("den"), backend.Options)).Token);
    }

    [Fact]
    public async Task Wrong_admissions_are_refused()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        using Backend backend = server.CreateBackend();
        await backend.CreateAsync("den");

        Assert.Equal(
            ["identity", "name", "role", "ttl", "attributes"],
            (await Backend.InvalidAsync(backend.Rooms.AdmitAsync(
                new AdmitRequest
                {
                    Room = "den",
                    Name = "a\nb",
                    Attributes = { [new string('k', 65)] = "" },
                    Ttl = new Duration { Seconds = 86_401 },
                },
                backend.Options))).OrderBy(f => Array.IndexOf(["identity", "name", "role", "ttl"], f) is >= 0 and int at ? at : 9));
        AdmitRequest large = Ada("den");
        large.Metadata = new string('x', 4_000);
        Assert.Equal(["attributes"], await Backend.InvalidAsync(backend.Rooms.AdmitAsync(large, backend.Options)));
        await Backend.FailsAsync(StatusCode.NotFound, "NO_SUCH_ROOM", backend.Rooms.AdmitAsync(Ada("nowhere"), backend.Options));
    }

    [Fact]
    public async Task An_invite_code_opens_a_private_room_until_it_is_revoked()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        using Backend backend = server.CreateBackend();
        await backend.CreateAsync("den", new RoomSettings { Visibility = Visibility.Private });
        InviteCode code = await backend.Rooms.CreateInviteCodeAsync(new CreateInviteCodeRequest { Room = "den", Uses = 2 }, backend.Options);
        Assert.Equal(2, code.Left);

        await using ProtocolClient ada = await server.ConnectAsync();
        await ada.SendAsync($$"""{"type":"join","v":1,"room":"den","inviteCode":"{{code.Code}}","token":"{{TestToken.For("den", "ada")}}"}""");
        await ada.ExpectAsync("welcome");
        InviteCode left = Assert.Single((await backend.Rooms.ListInviteCodesAsync(new ListInviteCodesRequest { Room = "den" }, backend.Options)).Codes);
        Assert.Equal((code.Code, 1, ""), (left.Code, left.Left, left.GivenBy));

        await backend.Rooms.RevokeInviteCodeAsync(new RevokeInviteCodeRequest { Room = "den", Code = code.Code }, backend.Options);

        Assert.Empty((await backend.Rooms.ListInviteCodesAsync(new ListInviteCodesRequest { Room = "den" }, backend.Options)).Codes);
        Google.Rpc.Status status = await Backend.FailsAsync(
            StatusCode.NotFound, "NO_SUCH_CODE", backend.Rooms.RevokeInviteCodeAsync(new RevokeInviteCodeRequest { Room = "den", Code = code.Code }, backend.Options));
        Assert.Equal("sfu.v1.InviteCode", status.GetDetail<ResourceInfo>()!.ResourceType);
        Assert.Equal(["uses"], await Backend.InvalidAsync(backend.Rooms.CreateInviteCodeAsync(new CreateInviteCodeRequest { Room = "den", Uses = -1 }, backend.Options)));
    }

    private static AdmitRequest Ada(string room) => new() { Room = room, Identity = "ada", Role = Role.Audience };

    private static async Task<string?> ErrorOfAsync(ServerUnderTest server, string token)
    {
        await using ProtocolClient client = await server.ConnectAsync();
        await client.SendAsync(string.Create(CultureInfo.InvariantCulture, $$"""{"type":"join","v":1,"room":"den","token":"{{token}}"}"""));
        return (string?)(await client.ReceiveAsync())["code"];
    }
}
