namespace Sfu.Srtp;

/// <summary>What a cipher is for; one object does one of the two.</summary>
internal enum CipherDirection
{
    Decrypt = 0,
    Encrypt = 1,
}
