using Google.Rpc;
using Grpc.Core;
using Grpc.Net.Client;
using Sfu.V1;

namespace Sfu.Signalling.Tests.Support;

/// <summary>A backend with the generated client, over cleartext HTTP/2 on the server's only port.</summary>
internal sealed class Backend : IDisposable
{
    /// <summary>Only a test that fails waits so long.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public Backend(Uri server, TestToken? token = null, SocketsHttpHandler? handler = null)
    {
        Channel = GrpcChannel.ForAddress(server, new GrpcChannelOptions { HttpHandler = handler ?? new SocketsHttpHandler(), DisposeHttpClient = true });
        Rooms = new RoomService.RoomServiceClient(Channel);
        Nodes = new NodeService.NodeServiceClient(Channel);
        Options = OptionsFor((token ?? ApiToken.Everything).ToString());
    }

    public GrpcChannel Channel { get; }

    public RoomService.RoomServiceClient Rooms { get; }

    public NodeService.NodeServiceClient Nodes { get; }

    /// <summary>The token and a deadline.</summary>
    public CallOptions Options { get; }

    public static CallOptions OptionsFor(string? token) => new(
        token is null ? [] : new Metadata { { "authorization", $"Bearer {token}" } },
        DateTime.UtcNow + Patience,
        TestContext.Current.CancellationToken);

    public async Task<Room> CreateAsync(string name, RoomSettings? settings = null) =>
        await Rooms.CreateRoomAsync(new CreateRoomRequest { Name = name, Settings = settings ?? new RoomSettings() }, Options);

    /// <summary>Expects a failure and its reason, which every one has.</summary>
    public static async Task<Google.Rpc.Status> FailsAsync(StatusCode code, string reason, Func<Task> call)
    {
        RpcException failure = await Assert.ThrowsAsync<RpcException>(call);
        Assert.Equal(code, failure.StatusCode);
        Google.Rpc.Status status = failure.GetRpcStatus()!;
        Assert.Equal(reason, status.GetDetail<ErrorInfo>()!.Reason);
        Assert.Equal("sfu.v1", status.GetDetail<ErrorInfo>()!.Domain);
        return status;
    }

    public static Task<Google.Rpc.Status> FailsAsync<T>(StatusCode code, string reason, AsyncUnaryCall<T> call) =>
        FailsAsync(code, reason, () => call.ResponseAsync);

    /// <returns>The fields that the failure names.</returns>
    public static async Task<string[]> InvalidAsync<T>(AsyncUnaryCall<T> call) =>
        [.. (await FailsAsync(StatusCode.InvalidArgument, "BAD_FIELD", call)).GetDetail<BadRequest>()!.FieldViolations.Select(v => v.Field)];

    public static async Task<T> NextAsync<T>(AsyncServerStreamingCall<T> call)
    {
        Assert.True(await call.ResponseStream.MoveNext(TestContext.Current.CancellationToken));
        return call.ResponseStream.Current;
    }

    public void Dispose() => Channel.Dispose();
}
