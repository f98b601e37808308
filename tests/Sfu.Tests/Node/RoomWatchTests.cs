using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Sfu.Node;
using Sfu.Rooms;

namespace Sfu.Tests.Node;

/// <summary>Who watches a room that ends just then.</summary>
public sealed class RoomWatchTests : IAsyncDisposable
{
    private readonly SfuNode _node = SfuNode.Start(
        new SfuOptions { Workers = 1, Port = 0, BindAddresses = [IPAddress.Loopback] }, new FakeTimeProvider(), NullLoggerFactory.Instance);

    public ValueTask DisposeAsync() => _node.DisposeAsync();

    [Fact]
    public void Nobody_watches_a_room_that_has_ended_meanwhile()
    {
        var late = new LateWatcher(_node);
        _node.CreateRoom("lobby", new RoomSettings { EmptyTimeout = null }, out _);
        _node.Watch(late);

        _node.Act("lobby", room =>
        {
            room.Send(null, MessageScope.Room, null, "", "the room is still there");
            return room.Close(null);
        });
        late.Thread.Join();

        Assert.True(late.Waited);
        Assert.Null(late.Snapshot);
    }

    /// <summary>Finds the room before its end, and gets its lock after it.</summary>
    private sealed class LateWatcher : IRoomWatcher
    {
        public LateWatcher(SfuNode node) => Thread = new Thread(() => Snapshot = node.Watch("lobby", this, 0, out _));

        public Thread Thread { get; }

        public RoomSnapshot? Snapshot { get; private set; }

        public bool Waited { get; private set; }

        public void OnRoomEvent(string roomId, string room, RoomEvent roomEvent)
        {
            if (roomEvent is not MessageSent)
                return;
            Thread.Start();
            while (!Thread.ThreadState.HasFlag(ThreadState.WaitSleepJoin) && Thread.IsAlive)
                System.Threading.Thread.Yield();
            Waited = Thread.IsAlive;
        }
    }
}
