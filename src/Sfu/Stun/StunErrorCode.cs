namespace Sfu.Stun;

/// <summary>Error codes that a lite agent sends (RFC 8489 section 14.8, RFC 8445 section 16.2).</summary>
public enum StunErrorCode : ushort
{
    UnknownAttribute = 420,
    RoleConflict = 487,
}
