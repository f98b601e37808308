namespace Sfu.Rooms;

/// <summary>What a room's audio is for.</summary>
public enum RoomProfile : byte
{
    /// <summary>Speech: mono, DTX and in-band FEC.</summary>
    Voice,

    /// <summary>Stereo, without DTX, at a higher bitrate (RFC 7587 6.1).</summary>
    Music,

    /// <summary>Presence and messages without audio: no offer is made.</summary>
    Silent,
}
