namespace Sfu.Rooms;

/// <summary>Opens a private room for whoever knows it.</summary>
/// <param name="Left">How often it can still be used.</param>
/// <param name="GivenBy">Identity of the participant who gave it; empty for a backend.</param>
public sealed record InviteCode(string Code, int Left, string GivenBy);
