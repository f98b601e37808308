namespace Sfu.Signalling.Messages;

/// <param name="Participants">Ids of those who are asked to the stage.</param>
internal sealed record InviteMessage(string? Id, IReadOnlyList<string> Participants) : ClientMessage(Id);
