using Sfu.Diagnostics;
using Sfu.FanOut;
using Sfu.Slots;
using Sfu.Time;

namespace Sfu.Workers;

/// <content>From the slots to the listeners: who has something to send takes turns, a chunk at a time.</content>
internal sealed partial class WorkerCore
{
    /// <summary>Sends one chunk of what waits, of the first room whose pace allows it; call again while <see cref="HasFanOut"/>.</summary>
    public void FanOut()
    {
        if (!HasFanOut)
            return;

        Instant start = _clock.Now;
        _fanOutDue = Instant.Never;
        for (int i = _fanOut.Count; i > 0; i--)
        {
            RoomShard room = _fanOut.Dequeue();
            if (!room.Audience.HasWork)
            {
                // Everybody has left meanwhile.
                room.IsQueued = false;
                continue;
            }

            int visits = room.Audience.TakeVisits(start, FanOutChunk, out Instant next);
            if (visits > 0)
            {
                Visit(room, visits, start);
                return;
            }

            _fanOut.Enqueue(room);
            _fanOutDue = Instant.Min(_fanOutDue, next);
        }
    }

    void IRoomWorker.OnReportsDue(RoomShard room, Instant now)
    {
        room.Audience.WriteReports(now, _clock, ReportChunk, _sender);
        if (room.Audience.ReportDeadline != Instant.Never)
            _timers.Schedule(room, room.Audience.ReportDeadline);
    }

    void IRoomWorker.Publish(int worker, RoomShard room, in SlotPacketHeader header, ReadOnlySpan<byte> payload)
    {
        var crossing = new CrossingHeader { Kind = CrossingKind.Slot, Target = room.Key, Slot = header };
        if (!_links.TryPost(worker, crossing, payload))
            Drops.Count(DropReason.MailboxFull);
    }

    void IRoomWorker.QueueFanOut(RoomShard room)
    {
        if (room.IsQueued)
            return;
        room.IsQueued = true;
        _fanOut.Enqueue(room);
        _fanOutDue = default;
    }

    private void Visit(RoomShard room, int visits, Instant start)
    {
        room.Audience.DropOverdue(start);
        bool more = room.Audience.Step(visits, _sender, Drops, _tags);
        _sender.Flush();
        room.Audience.Worked(_clock.Now - start, visits);
        if (more)
            _fanOut.Enqueue(room);
        else
            room.IsQueued = false;

        _fanOutDue = start;
        if (room.Audience.ReportDeadline < room.Due)
            _timers.Schedule(room, room.Audience.ReportDeadline);
    }
}
