namespace Sfu.LoadTest.Signalling;

/// <param name="Token">Null where the server wants none.</param>
internal sealed record ClientIdentity(string Name, string Room, ClientRole Role, string? Token);
