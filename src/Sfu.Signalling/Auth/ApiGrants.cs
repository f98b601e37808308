namespace Sfu.Signalling.Auth;

/// <summary>What a backend may do.</summary>
[Flags]
internal enum ApiGrants
{
    None = 0,
    CreateRooms = 1,
    ListRooms = 2,
    ModerateRooms = 4,
    AdmitToRooms = 8,
    ReadNode = 16,
    DrainNode = 32,
}
