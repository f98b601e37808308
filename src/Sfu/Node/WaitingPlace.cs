using Sfu.Rooms;

namespace Sfu.Node;

/// <summary>Somebody's place before the door of a room; <see cref="ISessionObserver.OnAdmitted"/> tells when it opens.</summary>
/// <remarks>Thread-safe.</remarks>
public sealed class WaitingPlace
{
    private readonly RoomHost _host;
    private readonly Waiter _waiter;

    internal WaitingPlace(RoomHost host, Waiter waiter, int position, ISessionObserver observer)
    {
        _host = host;
        _waiter = waiter;
        Position = position;
        Observer = observer;
    }

    public WaitReason Reason => _waiter.Reason;

    /// <summary>When the doors open, if that is what is waited for.</summary>
    public DateTimeOffset? OpensAt => _host.Room.Settings.OpensAt;

    /// <summary>1 is the next.</summary>
    public int Position { get; internal set; }

    internal ISessionObserver Observer { get; }

    /// <summary>Waits no more; idempotent.</summary>
    public void Leave() => _host.Act(room =>
    {
        room.StopWaiting(_waiter);
        return RoomError.None;
    });
}
