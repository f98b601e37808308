namespace Sfu.Signalling.Messages;

/// <summary>What people inside a room are told of its settings.</summary>
internal sealed record SettingsDto(
    string Title,
    IReadOnlyList<string> Tags,
    string Metadata,
    string Visibility,
    string Profile,
    string Hands,
    int MaxStage,
    int MaxAudience,
    SelectionDto Selection,
    DateTimeOffset? OpensAt);
