namespace Sfu.Signalling.Messages;

/// <summary>The answer to an invitation.</summary>
internal sealed record InvitationMessage(string? Id, bool Accepted) : ClientMessage(Id);
