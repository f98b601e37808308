namespace Sfu.Signalling.Messages;

/// <inheritdoc cref="SpeakersMessage"/>
internal sealed record SpeakersDto(IReadOnlyList<string?> Slots, string? Dominant);
