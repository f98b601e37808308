namespace Sfu.Signalling.Messages;

/// <param name="Hands">For moderators alone; null for others.</param>
/// <param name="Speakers">Null while nobody has been heard.</param>
internal sealed record RoomDto(
    string Id,
    string Name,
    long Revision,
    int Slots,
    int Audience,
    IReadOnlyList<MemberDto> Stage,
    SettingsDto Settings,
    IReadOnlyList<HandDto>? Hands,
    SpeakersDto? Speakers = null);
