using Sfu.Rooms;

namespace Sfu.Signalling.Messages;

/// <summary>What is null stays as it is.</summary>
internal sealed record UpdateRoomMessage(string? Id, string? Title, HandPolicy? Hands) : ClientMessage(Id);
