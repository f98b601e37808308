using Grpc.Core;
using Sfu.Node;
using Sfu.Rooms;
using Sfu.Signalling.Auth;
using Sfu.Signalling.Options;
using Wire = Sfu.V1;

namespace Sfu.Signalling.Grpc;

/// <summary>Service <c>sfu.v1.RoomService</c>: checks the caller and the request, and lets the node do it.</summary>
/// <remarks>Failures are thrown outside of a room's lock.</remarks>
internal sealed partial class RoomControl(
    SfuNode node,
    ServerSettings settings,
    CallAuthorization authorization,
    RoomCreation creation,
    RoomListing listing,
    TokenIssuer tokens,
    TimeProvider time,
    IHostApplicationLifetime lifetime) : Wire.RoomService.RoomServiceBase
{
    private const ApiGrants Reading = ApiGrants.ListRooms | ApiGrants.ModerateRooms;

    public override async Task<Wire.Room> CreateRoom(Wire.CreateRoomRequest request, ServerCallContext context)
    {
        ApiCaller caller = await authorization.RequireAsync(context, ApiGrants.CreateRooms, request.Name);
        return ToWire.Room(creation.Create(caller.KeyId, request));
    }

    public override async Task<Wire.Room> GetRoom(Wire.GetRoomRequest request, ServerCallContext context)
    {
        await authorization.RequireAsync(context, Reading, request.Room);
        return ToWire.Room(node.FindRoom(request.Room) ?? throw Failures.Of(RoomError.NoSuchRoom, request.Room));
    }

    public override async Task<Wire.ListRoomsResponse> ListRooms(Wire.ListRoomsRequest request, ServerCallContext context)
    {
        ApiCaller caller = await authorization.RequireAsync(context, ApiGrants.ListRooms);
        var violations = new Violations();
        int size = Paging.Size(request.PageSize, violations);
        string? from = Paging.Decode(request.PageToken, violations);
        Visibility visibility = FromWire.Choice("visibility", (int)request.Visibility, Visibility.Public, violations);
        violations.ThrowIfAny();

        RoomSnapshot[] found =
        [
            .. node.Rooms()
                .Where(room => caller.Room is null || room.Name == caller.Room)
                .Where(room => request.Tag.Length == 0 || room.Settings.Tags.Any(tag => IsUnder(tag, request.Tag)))
                .Where(room => request.Visibility == Wire.Visibility.Unspecified || room.Settings.Visibility == visibility)
                .Where(room => room.Stage.Count + room.Audience >= request.MinSize)
                .Where(room => from is null || string.CompareOrdinal(room.Name, from) > 0)
                .OrderBy(room => room.Name, StringComparer.Ordinal)
                .Take(size + 1),
        ];
        var response = new Wire.ListRoomsResponse { NextPageToken = found.Length > size ? Paging.Encode(found[size - 1].Name) : "" };
        response.Rooms.Add(found.Take(size).Select(ToWire.Summary));
        return response;
    }

    public override async Task<Wire.Room> UpdateRoom(Wire.UpdateRoomRequest request, ServerCallContext context)
    {
        await authorization.RequireAsync(context, ApiGrants.ModerateRooms, request.Room);
        var violations = new Violations();
        string[] paths = [.. request.UpdateMask?.Paths ?? []];
        SettingsPatch.CheckMask(paths, violations);
        violations.ThrowIfAny();

        var patch = new SettingsPatch(request.Settings ?? new Wire.RoomSettings(), settings.Media, time.GetUtcNow(), violations);
        Wire.Room updated = new();
        Act(request.Room, "", room =>
        {
            RoomSettings after = patch.Update(room.Settings, paths);
            if (violations.Any)
                return RoomError.None;
            RoomError error = room.Update(null, after, paths.Contains("opens_at") ? node.DoorsOf(after) : null);
            updated = ToWire.Room(room.Snapshot());
            return error;
        });
        violations.ThrowIfAny();
        return updated;
    }

    public override async Task<Wire.CloseRoomResponse> CloseRoom(Wire.CloseRoomRequest request, ServerCallContext context)
    {
        await authorization.RequireAsync(context, ApiGrants.ModerateRooms, request.Room);
        Act(request.Room, "", static room => room.Close(null));
        return new Wire.CloseRoomResponse();
    }

    /// <param name="participant">Whom a failure names.</param>
    private void Act(string room, string participant, Func<Room, RoomError> command)
    {
        if (node.Act(room, command) is not RoomError.None and var error)
            throw Failures.Of(error, room, participant);
    }

    private static bool IsUnder(string tag, string topic) =>
        tag.StartsWith(topic, StringComparison.OrdinalIgnoreCase) && (tag.Length == topic.Length || tag[topic.Length] == '/');
}
