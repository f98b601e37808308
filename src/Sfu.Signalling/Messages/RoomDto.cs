namespace Sfu.Signalling.Messages;

internal sealed record RoomDto(string Name, long Revision, int Slots, int Audience, IReadOnlyList<MemberDto> Stage);
