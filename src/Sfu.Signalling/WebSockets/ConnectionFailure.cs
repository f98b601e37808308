using System.Net.WebSockets;

namespace Sfu.Signalling.WebSockets;

/// <summary>How a connection that went away shows up; nothing of it is a fault of ours.</summary>
internal static class ConnectionFailure
{
    public static bool Is(Exception e) => e is WebSocketException or OperationCanceledException or IOException or ObjectDisposedException or InvalidOperationException;
}
