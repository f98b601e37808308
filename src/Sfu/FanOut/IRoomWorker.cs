using Sfu.Slots;
using Sfu.Time;

namespace Sfu.FanOut;

/// <summary>What a part of a room asks of the worker that it is on.</summary>
internal interface IRoomWorker
{
    int Index { get; }

    /// <summary>To the same room's part on another worker; counted when that one's mailbox is full.</summary>
    void Publish(int worker, RoomShard room, in SlotPacketHeader header, ReadOnlySpan<byte> payload);

    /// <summary>The audience has something to send: the worker does it chunk by chunk.</summary>
    void QueueFanOut(RoomShard room);

    /// <summary>Sender reports are due.</summary>
    void OnReportsDue(RoomShard room, Instant now);

    /// <summary>What listeners here have reported is to be told to the room's home.</summary>
    void OnLossesDue(RoomShard room, Instant now);
}
