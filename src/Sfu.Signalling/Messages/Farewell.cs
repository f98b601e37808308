using System.Net.WebSockets;
using Sfu.Rooms;

namespace Sfu.Signalling.Messages;

/// <summary>How a connection ends for a client that had joined: the <c>bye</c> and the close code that follows it.</summary>
internal sealed record Farewell(string Reason, string Text, bool Reconnect, int CloseCode)
{
    private const int Forbidden = 4_403;
    private const int Timeout = 4_408;
    private const int Conflict = 4_409;
    private const int Gone = 4_410;

    public static readonly Farewell Left = new("left", "You left the room.", false, (int)WebSocketCloseStatus.NormalClosure);
    public static readonly Farewell Replaced = new("replaced", "You joined from somewhere else.", false, Conflict);
    public static readonly Farewell ResumedElsewhere = new("resumed-elsewhere", "This session goes on over another connection.", false, Conflict);
    public static readonly Farewell RoomClosed = new("room-closed", "The room was closed.", false, Gone);
    public static readonly Farewell TimedOut = new("timed-out", "Nothing was heard of you for too long.", true, Timeout);
    public static readonly Farewell ServerStopping = new("server-stopping", "The server stops; join again in a moment.", true, (int)WebSocketCloseStatus.EndpointUnavailable);
    public static readonly Farewell FingerprintMismatch = new("fingerprint-mismatch", "The DTLS certificate is not the one that the answer names.", false, Forbidden);

    public static readonly Farewell Removed = new("removed", "A moderator removed you.", false, Forbidden);
    public static readonly Farewell Banned = new("banned", "A moderator banned you.", false, Forbidden);
    public static readonly Farewell NoModerator = new("no-moderator", "The room ended because no moderator came back.", false, Gone);

    public static Farewell Of(EndReason reason) => reason switch
    {
        EndReason.Left => Left,
        EndReason.Replaced => Replaced,
        EndReason.RoomClosed => RoomClosed,
        EndReason.TimedOut => TimedOut,
        EndReason.ServerStopping => ServerStopping,
        EndReason.Removed => Removed,
        EndReason.Banned => Banned,
        EndReason.NoModerator => NoModerator,
        EndReason.RoomEmpty => RoomClosed,
        EndReason.FingerprintMismatch => FingerprintMismatch,
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, "No farewell for this reason."),
    };

    public ByeMessage ToMessage() => new(Reason, Text, Reconnect);
}
