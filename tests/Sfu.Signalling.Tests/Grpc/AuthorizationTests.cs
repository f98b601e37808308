using Google.Protobuf.Reflection;
using Grpc.Core;
using Sfu.Signalling.Tests.Support;
using Sfu.V1;

namespace Sfu.Signalling.Tests.Grpc;

public sealed class AuthorizationTests
{
    /// <summary>Every call and the grants of which one is enough, as the .proto says.</summary>
    private static readonly Dictionary<string, string[]> Needed = new()
    {
        ["CreateRoom"] = ["create"],
        ["GetRoom"] = ["list", "moderate"],
        ["ListRooms"] = ["list"],
        ["UpdateRoom"] = ["moderate"],
        ["CloseRoom"] = ["moderate"],
        ["Admit"] = ["admit", "moderate"],
        ["CreateInviteCode"] = ["moderate"],
        ["ListInviteCodes"] = ["moderate"],
        ["RevokeInviteCode"] = ["moderate"],
        ["ListParticipants"] = ["list", "moderate"],
        ["GetParticipant"] = ["list", "moderate"],
        ["UpdateParticipant"] = ["moderate"],
        ["InviteParticipants"] = ["moderate"],
        ["WithdrawInvitation"] = ["moderate"],
        ["LowerHand"] = ["moderate"],
        ["RemoveParticipant"] = ["moderate"],
        ["SendMessage"] = ["moderate"],
        ["WatchRooms"] = ["list"],
        ["WatchRoom"] = ["moderate"],
        ["GetNode"] = ["read"],
        ["DrainNode"] = ["drain"],
        ["ListNodes"] = ["read"],
    };

    private static readonly MethodDescriptor[] Methods = [.. RoomService.Descriptor.Methods, .. NodeService.Descriptor.Methods];

    [Fact]
    public async Task Every_call_takes_its_grant_and_no_other()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        using Backend backend = server.CreateBackend();
        Assert.Equal(Needed.Keys.Order(StringComparer.Ordinal), Methods.Select(m => m.Name).Order(StringComparer.Ordinal));

        foreach (MethodDescriptor method in Methods)
        {
            Assert.Equal(StatusCode.Unauthenticated, await CallAsync(backend, method, null));
            foreach (string grant in new[] { "create", "list", "moderate", "admit", "read", "drain" })
            {
                TestToken token = grant is "read" or "drain" ? ApiToken.With([], [grant]) : ApiToken.With([grant]);
                bool allowed = await CallAsync(backend, method, token.ToString()) is not (StatusCode.PermissionDenied or StatusCode.Unauthenticated);
                Assert.True(allowed == Needed[method.Name].Contains(grant), $"{method.Name} with {grant}: {allowed}");
            }
        }
    }

    [Fact]
    public async Task A_caller_of_one_room_is_denied_others()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        using Backend backend = server.CreateBackend();
        using Backend bound = new(server.Address, ApiToken.With(["create", "list", "moderate"], room: "mine"));
        await backend.CreateAsync("other");

        await bound.CreateAsync("mine");

        await Backend.FailsAsync(StatusCode.PermissionDenied, "GRANT_MISSING", () => bound.CreateAsync("yours"));
        await Backend.FailsAsync(StatusCode.PermissionDenied, "GRANT_MISSING", () => bound.CreateAsync(""));
        await Backend.FailsAsync(StatusCode.PermissionDenied, "GRANT_MISSING", bound.Rooms.GetRoomAsync(new GetRoomRequest { Room = "other" }, bound.Options));
        await Backend.FailsAsync(StatusCode.PermissionDenied, "GRANT_MISSING", bound.Rooms.CloseRoomAsync(new CloseRoomRequest { Room = "other" }, bound.Options));
        Assert.Equal("mine", Assert.Single((await bound.Rooms.ListRoomsAsync(new ListRoomsRequest(), bound.Options)).Rooms).Name);
    }

    public static TheoryData<string, string, string> WrongTokens() => new()
    {
        { "TOKEN_MISSING", "no token", "" },
        { "TOKEN_MALFORMED", "no JWT", "x" },
        { "TOKEN_BAD_ALGORITHM", "none", (ApiToken.Everything with { Algorithm = "none" }).ToString() },
        { "TOKEN_UNKNOWN_KEY", "other key", (ApiToken.Everything with { Kid = "other" }).ToString() },
        { "TOKEN_BAD_SIGNATURE", "other secret", (ApiToken.Everything with { Key = new string('x', 32) }).ToString() },
        { "TOKEN_NO_EXPIRY", "no exp", ApiToken.Everything.Without("exp").ToString() },
        { "TOKEN_EXPIRED", "old", ApiToken.Everything.With("exp", 1).ToString() },
        { "TOKEN_NOT_YET_VALID", "early", ApiToken.Everything.With("nbf", DateTimeOffset.UtcNow.ToUnixTimeSeconds() + 600).ToString() },
        { "TOKEN_LIVES_TOO_LONG", "for a day", ApiToken.Everything.With("exp", DateTimeOffset.UtcNow.ToUnixTimeSeconds() + 86_400).ToString() },
        { "TOKEN_MALFORMED", "grants are no object", ApiToken.Everything.With("grants", "all").ToString() },
        { "TOKEN_MALFORMED", "grants are no list", ApiToken.Everything.With("grants", new System.Text.Json.Nodes.JsonObject { ["rooms"] = "create" }).ToString() },
    };

    [Theory]
    [MemberData(nameof(WrongTokens), DisableDiscoveryEnumeration = true)]
    public async Task A_wrong_token_is_told_apart(string reason, string what, string token)
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        using Backend backend = server.CreateBackend();

        Google.Rpc.Status status = await Backend.FailsAsync(
            StatusCode.Unauthenticated, reason, backend.Rooms.ListRoomsAsync(new ListRoomsRequest(), Backend.OptionsFor(token)));

        Assert.NotEqual("", status.Message + what);
    }

    [Fact]
    public async Task Neither_token_passes_for_the_other()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        using Backend backend = new(server.Address, TestToken.For("lobby", "ada", "moderator"));
        await Backend.FailsAsync(StatusCode.PermissionDenied, "GRANT_MISSING", backend.Rooms.ListRoomsAsync(new ListRoomsRequest(), backend.Options));

        await using ProtocolClient client = await server.ConnectAsync();
        await client.SendAsync($$"""{"type":"join","v":1,"room":"lobby","token":"{{ApiToken.With(["moderate"], room: "lobby")}}"}""");

        Assert.Equal("token-no-identity", (string?)(await client.ReceiveAsync())["code"]);
    }

    /// <summary>With an empty request, whatever its type.</summary>
    private static async Task<StatusCode> CallAsync(Backend backend, MethodDescriptor method, string? token)
    {
        Marshaller<byte[]> bytes = Marshallers.Create(static value => value, static value => value);
        MethodType type = method.IsServerStreaming ? MethodType.ServerStreaming : MethodType.Unary;
        var call = new Method<byte[], byte[]>(type, method.Service.FullName, method.Name, bytes, bytes);
        CallInvoker invoker = backend.Channel.CreateCallInvoker();
        try
        {
            if (type == MethodType.Unary)
            {
                await invoker.AsyncUnaryCall(call, null, Backend.OptionsFor(token), []);
            }
            else
            {
                using AsyncServerStreamingCall<byte[]> stream = invoker.AsyncServerStreamingCall(call, null, Backend.OptionsFor(token), []);
                await stream.ResponseStream.MoveNext(TestContext.Current.CancellationToken);
            }

            return StatusCode.OK;
        }
        catch (RpcException e)
        {
            return e.StatusCode;
        }
    }
}
