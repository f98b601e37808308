using Grpc.Core;
using Wire = Sfu.V1;

namespace Sfu.Signalling.Grpc;

/// <summary>One caller who follows the list of rooms.</summary>
/// <param name="only">Name of the only room that the caller may see; null for all.</param>
internal sealed class ListingWatch(RoomListing listing, string? only, int capacity) : IDisposable
{
    private const int RoomsInPart = 500;

    private readonly WatchQueue<Wire.RoomsChange> _queue = new(capacity);

    /// <inheritdoc cref="WatchQueue{T}.WriteToAsync"/>
    public async Task RunAsync(
        Wire.WatchRoomsRequest request, IServerStreamWriter<Wire.WatchRoomsResponse> stream, CancellationToken stopping, CancellationToken cancelled)
    {
        ListingStart start = listing.Watch(request.ListId, request.Revision, _queue);
        await _queue.WriteToAsync(stream, First(request, start), Convert, static _ => false, stopping, cancelled);
    }

    public void Dispose()
    {
        listing.Unwatch(_queue);
        _queue.Dispose();
    }

    private IEnumerable<Wire.WatchRoomsResponse> First(Wire.WatchRoomsRequest request, ListingStart start)
    {
        if (start.Missed is { } missed)
        {
            yield return new Wire.WatchRoomsResponse { Resumed = new Wire.Resumed { Revision = request.Revision } };
            foreach (Wire.WatchRoomsResponse message in missed.Select(Convert).OfType<Wire.WatchRoomsResponse>())
                yield return message;
            yield break;
        }

        if (start.Reset is { } reason)
            yield return new Wire.WatchRoomsResponse { Reset = new Wire.Reset { Reason = reason } };
        Wire.RoomSummary[] rooms = [.. start.Rooms.Where(room => MaySee(room.Name))];
        int at = 0;
        do
        {
            var part = new Wire.RoomsSnapshot { ListId = listing.Id, Revision = start.Revision };
            part.Rooms.Add(rooms.Skip(at).Take(RoomsInPart));
            at += RoomsInPart;
            part.Complete = at >= rooms.Length;
            yield return new Wire.WatchRoomsResponse { Snapshot = part };
        }
        while (at < rooms.Length);
    }

    private Wire.WatchRoomsResponse? Convert(Wire.RoomsChange change) =>
        MaySee(change.Room?.Name ?? change.Gone.Name) ? new Wire.WatchRoomsResponse { Change = change } : null;

    private bool MaySee(string room) => only is null || string.Equals(only, room, StringComparison.Ordinal);
}
