namespace Sfu.Signalling.Messages;

internal sealed record ResumeMessage(string? Id, string ResumeToken) : ClientMessage(Id);
