namespace Sfu.Signalling.Messages;

/// <param name="Next">For the next page; null after the last.</param>
internal sealed record AudiencePageMessage(IReadOnlyList<ListenerDto> Listeners, string? Next, string? Re) : ServerMessage("audience.page");
