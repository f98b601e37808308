using Sfu.Rooms;

namespace Sfu.Signalling.Messages;

/// <param name="To">Id of the receiver when the scope is one person.</param>
internal sealed record SendMessage(string? Id, MessageScope Scope, string? To, string Topic, string Text) : ClientMessage(Id);
