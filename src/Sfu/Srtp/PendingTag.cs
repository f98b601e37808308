using Sfu.Srtp.OpenSsl;

namespace Sfu.Srtp;

/// <summary>A packet that is encrypted but for its authentication tag, which is to stand behind it.</summary>
internal unsafe struct PendingTag
{
    /// <summary>Pinned; header and ciphertext, then room for the tag.</summary>
    public byte* Packet;

    /// <summary>Bytes before the tag.</summary>
    public int Length;

    /// <summary>Authenticated as if it stood behind the packet (RFC 3711 4.2).</summary>
    public uint RolloverCounter;

    /// <summary>A copy: the peer may be gone by the time.</summary>
    public HmacSha1 Key;
}
