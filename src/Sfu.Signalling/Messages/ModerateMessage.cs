using Sfu.Rooms;

namespace Sfu.Signalling.Messages;

/// <param name="Participant">Id of the one whom it is about.</param>
/// <param name="Ban">With <see cref="Moderation.Remove"/>: and never again with a token made until now.</param>
internal sealed record ModerateMessage(string? Id, Moderation Action, string Participant, bool Ban) : ClientMessage(Id);
