using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.Extensions.Logging;
using Sfu.Signalling.Tests.Support;
using Sfu.V1;

namespace Sfu.Signalling.Tests.Grpc;

public sealed class SecretTests
{
    [Fact]
    public async Task Nothing_that_is_secret_is_logged_at_any_level()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync(logs: LogLevel.Trace);
        using Backend backend = server.CreateBackend();
        await backend.CreateAsync("lobby", new RoomSettings { Visibility = Visibility.Private });
        string token = (await backend.Rooms.AdmitAsync(new AdmitRequest { Room = "lobby", Identity = "ada", Role = Role.Speaker, Ttl = Duration.FromTimeSpan(TimeSpan.FromMinutes(1)) }, backend.Options)).Token;
        InviteCode code = await backend.Rooms.CreateInviteCodeAsync(new CreateInviteCodeRequest { Room = "lobby" }, backend.Options);
        await using ProtocolClient ada = await server.ConnectAsync();
        await ada.JoinAsync("lobby", token);
        string wrong = (ApiToken.Everything with { Key = new string('x', 32) }).ToString();
        await Backend.FailsAsync(StatusCode.Unauthenticated, "TOKEN_BAD_SIGNATURE", backend.Rooms.ListRoomsAsync(new ListRoomsRequest(), Backend.OptionsFor(wrong)));
        server.Configuration.Reload();

        IReadOnlyCollection<string> lines = server.Logs.All;
        Assert.Contains(lines, line => line.Contains("/sfu.v1.RoomService/Admit", StringComparison.Ordinal));
        foreach (string secret in new[] { TestToken.Secret, ApiToken.Everything.ToString().Split('.')[2], token.Split('.')[2], wrong.Split('.')[2], code.Code })
            Assert.DoesNotContain(lines, line => line.Contains(secret, StringComparison.Ordinal));
    }
}
