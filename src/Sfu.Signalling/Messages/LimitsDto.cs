namespace Sfu.Signalling.Messages;

internal sealed record LimitsDto(int MaxMessageBytes, int MessagesPerSecond, int MessageBurst);
