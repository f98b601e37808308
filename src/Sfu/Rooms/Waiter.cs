namespace Sfu.Rooms;

/// <summary>Somebody before the door.</summary>
/// <param name="Id">The participant's, once inside.</param>
public sealed record Waiter(string Id, JoinRequest Request, WaitReason Reason);
