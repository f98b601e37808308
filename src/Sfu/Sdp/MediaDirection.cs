namespace Sfu.Sdp;

/// <summary>Who sends (RFC 8866 section 6.7), seen from the one who wrote the description.</summary>
internal enum MediaDirection : byte
{
    Unstated = 0,
    SendReceive,
    SendOnly,
    ReceiveOnly,
    Inactive,
}
