namespace Sfu.Srtp;

/// <summary>Protection profiles by their number in the <c>use_srtp</c> extension (RFC 5764 4.1.2, RFC 7714 14.2).</summary>
public enum SrtpProfile : ushort
{
    None = 0,
    AesCm128HmacSha1_80 = 0x0001,
    AeadAes128Gcm = 0x0007,
    AeadAes256Gcm = 0x0008,
}
