namespace Sfu.Signalling.Grpc;

/// <summary>The room that a request made.</summary>
/// <param name="Content">Of the request: another with the same id is a mistake.</param>
internal sealed record MadeRoom(string Id, string Name, byte[] Content);
