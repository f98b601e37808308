using Grpc.Core;
using Sfu.Signalling.Auth;
using Wire = Sfu.V1;

namespace Sfu.Signalling.Grpc;

/// <content>Following what happens.</content>
internal sealed partial class RoomControl
{
    public override async Task WatchRooms(
        Wire.WatchRoomsRequest request, IServerStreamWriter<Wire.WatchRoomsResponse> responseStream, ServerCallContext context)
    {
        ApiCaller caller = await authorization.RequireAsync(context, ApiGrants.ListRooms);
        using var watch = new ListingWatch(listing, caller.Room, settings.Grpc.WatchQueue);
        await watch.RunAsync(request, responseStream, lifetime.ApplicationStopping, context.CancellationToken);
    }

    public override async Task WatchRoom(
        Wire.WatchRoomRequest request, IServerStreamWriter<Wire.WatchRoomResponse> responseStream, ServerCallContext context)
    {
        await authorization.RequireAsync(context, ApiGrants.ModerateRooms, request.Room);
        using var watch = new RoomWatch(node, settings.Grpc.WatchQueue);
        await watch.RunAsync(request, responseStream, lifetime.ApplicationStopping, context.CancellationToken);
    }
}
