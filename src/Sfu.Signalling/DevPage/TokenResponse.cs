namespace Sfu.Signalling.DevPage;

internal sealed record TokenResponse(string Token, string Identity);
