namespace Sfu.Signalling.Messages;

/// <param name="Reason">doors-closed or room-full.</param>
/// <param name="Position">1 is the next.</param>
internal sealed record WaitingMessage(string Reason, int Position, DateTimeOffset? OpensAt, string? Re) : ServerMessage("waiting");
