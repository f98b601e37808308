using Microsoft.Extensions.Logging;
using Sfu.Rooms;

namespace Sfu.Node;

/// <summary>The media server without its signalling: workers, rooms and sessions.</summary>
/// <remarks>Thread-safe.</remarks>
public sealed class SfuNode : IAsyncDisposable
{
    /// <summary>Opens the sockets and starts the worker threads.</summary>
    /// <exception cref="System.Net.Sockets.SocketException">A port is taken or an address is not ours.</exception>
    public static SfuNode Start(SfuOptions options, TimeProvider time, ILoggerFactory logs) => throw new NotImplementedException();

    /// <summary>Makes the room when it is not there yet.</summary>
    /// <param name="request">From a verified token.</param>
    /// <param name="observer">See <see cref="Session.Observe"/>.</param>
    /// <param name="session">Set when the result is <see cref="JoinError.None"/>.</param>
    public JoinError Join(JoinRequest request, ISessionObserver observer, out Session? session) => throw new NotImplementedException();

    /// <summary>Rooms as they are now, in no order.</summary>
    public IReadOnlyList<RoomSnapshot> Rooms() => throw new NotImplementedException();

    /// <summary>Ends every session of the room.</summary>
    /// <returns>False when there is no such room.</returns>
    public bool CloseRoom(string room) => throw new NotImplementedException();

    /// <summary>Ends every session with <see cref="EndReason.ServerStopping"/>, stops the workers and closes the sockets.</summary>
    public ValueTask DisposeAsync() => throw new NotImplementedException();
}
