using Grpc.Core;
using Sfu.Node;
using Sfu.Rooms;
using Wire = Sfu.V1;

namespace Sfu.Signalling.Grpc;

/// <summary>One caller who follows one room.</summary>
internal sealed class RoomWatch(SfuNode node, int capacity) : IRoomWatcher, IDisposable
{
    private readonly WatchQueue<RoomEvent> _queue = new(capacity);

    public void OnRoomEvent(string roomId, string room, RoomEvent roomEvent) => _queue.Post(roomEvent);

    /// <summary>Ends when the room ends.</summary>
    /// <exception cref="RpcException">NOT_FOUND, or as <see cref="WatchQueue{T}.WriteToAsync"/>.</exception>
    public async Task RunAsync(
        Wire.WatchRoomRequest request, IServerStreamWriter<Wire.WatchRoomResponse> stream, CancellationToken stopping, CancellationToken cancelled)
    {
        if (node.Watch(request.Room, this, request.Revision, out IReadOnlyList<RoomEvent>? missed) is not { } snapshot)
            throw Failures.Of(RoomError.NoSuchRoom, request.Room);

        await _queue.WriteToAsync(
            stream,
            First(request, snapshot, missed),
            roomEvent => Convert(snapshot.Id, roomEvent),
            static roomEvent => roomEvent is RoomEnded,
            stopping,
            cancelled);
    }

    public void Dispose()
    {
        node.Unwatch(this);
        _queue.Dispose();
    }

    private static IEnumerable<Wire.WatchRoomResponse> First(Wire.WatchRoomRequest request, RoomSnapshot snapshot, IReadOnlyList<RoomEvent>? missed)
    {
        bool knows = request.RoomId.Length > 0;
        bool isOtherLife = !string.Equals(request.RoomId, snapshot.Id, StringComparison.Ordinal);
        if (knows && !isOtherLife && missed is not null)
        {
            yield return new Wire.WatchRoomResponse { Resumed = new Wire.Resumed { Revision = request.Revision } };
            foreach (RoomEvent roomEvent in missed)
                yield return Convert(snapshot.Id, roomEvent);
            yield break;
        }

        if (knows)
        {
            Wire.Reset.Types.Reason reason = isOtherLife ? Wire.Reset.Types.Reason.OtherLife : Wire.Reset.Types.Reason.TooOld;
            yield return new Wire.WatchRoomResponse { Reset = new Wire.Reset { Reason = reason } };
        }

        yield return new Wire.WatchRoomResponse { Snapshot = ToWire.Room(snapshot) };
    }

    private static Wire.WatchRoomResponse Convert(string roomId, RoomEvent roomEvent) => new() { Event = EventToWire.Convert(roomId, roomEvent) };
}
