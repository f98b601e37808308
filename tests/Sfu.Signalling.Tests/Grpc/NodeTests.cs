using System.Net;
using Grpc.Core;
using Grpc.Health.V1;
using Grpc.Reflection.V1Alpha;
using Sfu.Signalling.Tests.Support;
using Sfu.V1;
using HealthService = Grpc.Health.V1.Health;
using Status = Grpc.Health.V1.HealthCheckResponse.Types.ServingStatus;

namespace Sfu.Signalling.Tests.Grpc;

public sealed class NodeTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_node_says_what_it_holds_and_may_hold()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync(new() { ["Sfu:Media:MaxParticipants"] = "70" });
        using Backend backend = server.CreateBackend();
        await using ProtocolClient ada = await server.JoinAsync("lobby", "ada");

        V1.Node node = await backend.Nodes.GetNodeAsync(new GetNodeRequest(), backend.Options);

        Assert.Equal((1, 1, 70, false), (node.Rooms, node.Participants, node.MaxParticipants, node.Draining));
        Assert.StartsWith("0.1.0", node.Version, StringComparison.Ordinal);
        Assert.Equal(1, Assert.Single(node.Workers).Participants);
        Assert.Equal(node, Assert.Single((await backend.Nodes.ListNodesAsync(new ListNodesRequest(), backend.Options)).Nodes));
    }

    [Fact]
    public async Task A_draining_node_opens_no_room_and_is_not_serving()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        using Backend backend = server.CreateBackend();
        using HttpClient http = server.CreateHttpClient();
        await backend.CreateAsync("open");
        Assert.Equal((Status.Serving, Status.Serving), (await HealthAsync(backend, ""), await HealthAsync(backend, "sfu.v1.RoomService")));

        Assert.True((await backend.Nodes.DrainNodeAsync(new DrainNodeRequest { Draining = true }, backend.Options)).Draining);

        Assert.Equal((Status.NotServing, Status.NotServing), (await HealthAsync(backend, ""), await HealthAsync(backend, "sfu.v1.RoomService")));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await http.GetAsync("/readyz", Cancelled)).StatusCode);
        Google.Rpc.Status status = await Backend.FailsAsync(StatusCode.Unavailable, "UNAVAILABLE", () => backend.CreateAsync("lobby"));
        Assert.True(status.GetDetail<Google.Rpc.RetryInfo>()!.RetryDelay.Seconds > 0);
        await using ProtocolClient ada = await server.JoinAsync("open", "ada");
        Assert.False((await backend.Nodes.DrainNodeAsync(new DrainNodeRequest(), backend.Options)).Draining);
        Assert.Equal(Status.Serving, await HealthAsync(backend, ""));
        await backend.CreateAsync("lobby");
    }

    [Fact]
    public async Task A_tool_can_ask_for_the_services()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        using Backend backend = server.CreateBackend();
        var reflection = new ServerReflection.ServerReflectionClient(backend.Channel);
        using AsyncDuplexStreamingCall<ServerReflectionRequest, ServerReflectionResponse> call = reflection.ServerReflectionInfo(Backend.OptionsFor(null));

        await call.RequestStream.WriteAsync(new ServerReflectionRequest { ListServices = "" }, Cancelled);
        Assert.True(await call.ResponseStream.MoveNext(Cancelled));

        string[] services = [.. call.ResponseStream.Current.ListServicesResponse.Service.Select(s => s.Name)];
        Assert.Contains("sfu.v1.RoomService", services);
        Assert.Contains("sfu.v1.NodeService", services);
        Assert.Contains("grpc.health.v1.Health", services);
    }

    [Fact]
    public async Task Calls_are_counted_by_how_they_end()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        using Backend backend = server.CreateBackend();
        using HttpClient http = server.CreateHttpClient();
        await backend.CreateAsync("lobby");
        await Backend.FailsAsync(StatusCode.AlreadyExists, "ROOM_EXISTS", () => backend.CreateAsync("lobby"));
        using AsyncServerStreamingCall<WatchRoomResponse> watch = backend.Rooms.WatchRoom(new WatchRoomRequest { Room = "nowhere" }, backend.Options);
        await Backend.FailsAsync(StatusCode.NotFound, "NO_SUCH_ROOM", () => watch.ResponseStream.MoveNext(Cancelled));

        Marshaller<byte[]> bytes = Marshallers.Create(static value => value, static value => value);
        var shouted = new Method<byte[], byte[]>(MethodType.Unary, "SFU.V1.ROOMSERVICE", "CREATEROOM", bytes, bytes);
        await backend.Channel.CreateCallInvoker().AsyncUnaryCall(shouted, null, backend.Options, []);

        string text = await http.GetStringAsync("/metrics", Cancelled);

        Assert.DoesNotContain("CREATEROOM", text, StringComparison.Ordinal);
        Assert.Contains("sfu_grpc_calls_total{method=\"/sfu.v1.RoomService/CreateRoom\",status=\"OK\"} 2", text, StringComparison.Ordinal);
        Assert.Contains("sfu_grpc_calls_total{method=\"/sfu.v1.RoomService/CreateRoom\",status=\"AlreadyExists\"} 1", text, StringComparison.Ordinal);
        Assert.Contains("sfu_grpc_calls_total{method=\"/sfu.v1.RoomService/WatchRoom\",status=\"NotFound\"} 1", text, StringComparison.Ordinal);
    }

    private static async Task<Status> HealthAsync(Backend backend, string service) =>
        (await new HealthService.HealthClient(backend.Channel).CheckAsync(new HealthCheckRequest { Service = service }, Backend.OptionsFor(null))).Status;
}
