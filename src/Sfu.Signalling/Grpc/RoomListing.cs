using System.Security.Cryptography;
using Sfu.Node;
using Sfu.Rooms;
using Wire = Sfu.V1;

namespace Sfu.Signalling.Grpc;

/// <summary>The list of rooms as their events make it, and those who follow it.</summary>
/// <remarks>Thread-safe. Messages are shared between watchers and never changed.</remarks>
internal sealed class RoomListing : IRoomWatcher
{
    /// <summary>Changes that are held for those who resume.</summary>
    public const int Held = 1_024;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Wire.RoomSummary> _rooms = new(StringComparer.Ordinal);
    private readonly Queue<Wire.RoomsChange> _changes = new();
    private readonly List<WatchQueue<Wire.RoomsChange>> _watchers = [];
    private long _revision;

    /// <summary>Of this life of the node.</summary>
    public string Id { get; } = RandomNumberGenerator.GetHexString(16, lowercase: true);

    public void OnRoomEvent(string roomId, string room, RoomEvent roomEvent)
    {
        // Most events change nothing here: they do not meet those of other rooms at the lock.
        if (roomEvent is not (RoomOpened or RoomUpdated or StageJoined or StageLeft or AudienceCounted or RoomEnded))
            return;

        lock (_gate)
        {
            if (roomEvent is RoomEnded ended)
            {
                if (_rooms.Remove(roomId))
                    Tell(new Wire.RoomsChange { Gone = new Wire.RoomGone { Id = roomId, Name = room, Reason = ToWire.End(ended.Reason) } });
            }
            else if (After(_rooms.GetValueOrDefault(roomId), roomId, room, roomEvent) is { } summary)
            {
                summary.Revision = roomEvent.Revision;
                _rooms[roomId] = summary;
                Tell(new Wire.RoomsChange { Room = summary });
            }
        }
    }

    /// <summary>From now on every change is posted.</summary>
    /// <param name="listId">That the caller knows; empty for none.</param>
    /// <param name="revision">Of the last change that the caller knows.</param>
    public ListingStart Watch(string listId, long revision, WatchQueue<Wire.RoomsChange> watcher)
    {
        lock (_gate)
        {
            _watchers.Add(watcher);
            if (listId.Length == 0)
                return new ListingStart(_revision, [.. _rooms.Values], null, null);
            if (!string.Equals(listId, Id, StringComparison.Ordinal))
                return new ListingStart(_revision, [.. _rooms.Values], null, Wire.Reset.Types.Reason.OtherLife);
            if (revision < 0 || revision > _revision || (_changes.TryPeek(out Wire.RoomsChange? oldest) && oldest.Revision > revision + 1))
                return new ListingStart(_revision, [.. _rooms.Values], null, Wire.Reset.Types.Reason.TooOld);
            return new ListingStart(_revision, [], [.. _changes.Where(change => change.Revision > revision)], null);
        }
    }

    public void Unwatch(WatchQueue<Wire.RoomsChange> watcher)
    {
        lock (_gate)
            _watchers.Remove(watcher);
    }

    private static Wire.RoomSummary? After(Wire.RoomSummary? before, string roomId, string room, RoomEvent roomEvent)
    {
        if (roomEvent is RoomOpened opened)
            return ToWire.Summary(roomId, room, opened.Revision, opened.Settings);
        if (before is null)
            return null;

        Wire.RoomSummary after = before.Clone();
        switch (roomEvent)
        {
            case RoomUpdated updated:
                after = ToWire.Summary(roomId, room, updated.Revision, updated.Settings);
                after.Stage = before.Stage;
                after.Audience = before.Audience;
                break;
            case StageJoined:
                after.Stage++;
                break;
            case StageLeft:
                after.Stage--;
                break;
            case AudienceCounted counted:
                after.Audience = counted.Count;
                break;
        }

        return after;
    }

    private void Tell(Wire.RoomsChange change)
    {
        change.Revision = ++_revision;
        if (_changes.Count == Held)
            _changes.Dequeue();
        _changes.Enqueue(change);
        foreach (WatchQueue<Wire.RoomsChange> watcher in _watchers)
            watcher.Post(change);
    }
}
