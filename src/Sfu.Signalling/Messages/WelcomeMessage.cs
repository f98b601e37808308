namespace Sfu.Signalling.Messages;

internal sealed record WelcomeMessage() : ServerMessage("welcome")
{
    public required int V { get; init; }

    public required string? Re { get; init; }

    public required string SessionId { get; init; }

    public required string ResumeToken { get; init; }

    public required int ResumeSeconds { get; init; }

    public required bool Resumed { get; init; }

    public required int PingSeconds { get; init; }

    public required string Media { get; init; }

    public bool Redundancy { get; init; }

    public required SelfDto Self { get; init; }

    public required RoomDto Room { get; init; }

    public required IReadOnlyList<IceServerDto> IceServers { get; init; }

    public required LimitsDto Limits { get; init; }
}
