using Grpc.Core;
using Sfu.Signalling.Tests.Support;
using Sfu.V1;

namespace Sfu.Signalling.Tests.Grpc;

/// <summary>Who calls too often.</summary>
public sealed class CallLimitTests
{
    [Theory]
    [InlineData("KeyCalls")]
    [InlineData("AddressCalls")]
    public async Task Is_told_so_with_a_time_to_try_again(string limit)
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync(new()
        {
            [$"Sfu:Limits:{limit}:PerMinute"] = "1",
            [$"Sfu:Limits:{limit}:Burst"] = "2",
            ["Sfu:Limits:ExemptLoopback"] = "false",
        });
        using var backend = new Backend(server.Address);
        await backend.Nodes.GetNodeAsync(new GetNodeRequest(), backend.Options);
        await backend.CreateAsync("lobby");

        Google.Rpc.Status told = await Backend.FailsAsync(
            StatusCode.ResourceExhausted, "TOO_MANY_CALLS", backend.Rooms.GetRoomAsync(new GetRoomRequest { Room = "lobby" }, backend.Options));

        Assert.NotNull(told.GetDetail<Google.Rpc.RetryInfo>());
    }

    [Fact]
    public async Task From_an_address_is_told_before_the_token_is_looked_at()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync(new()
        {
            ["Sfu:Limits:AddressCalls:PerMinute"] = "1",
            ["Sfu:Limits:AddressCalls:Burst"] = "1",
            ["Sfu:Limits:ExemptLoopback"] = "false",
        });
        using var backend = new Backend(server.Address);
        await backend.CreateAsync("lobby");

        await Backend.FailsAsync(
            StatusCode.ResourceExhausted, "TOO_MANY_CALLS", backend.Rooms.GetRoomAsync(new GetRoomRequest { Room = "lobby" }, Backend.OptionsFor("nonsense")));
    }
}
