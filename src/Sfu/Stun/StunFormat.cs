namespace Sfu.Stun;

/// <summary>Offsets and sizes of the wire format (RFC 8489 sections 5 and 14), in bytes.</summary>
internal static class StunFormat
{
    public const int TypeOffset = 0;
    public const int LengthOffset = 2;
    public const int CookieOffset = 4;
    public const int TransactionIdOffset = 8;
    public const int TransactionIdLength = 12;
    public const int HeaderLength = 20;

    public const uint MagicCookie = 0x2112_A442;

    public const int AttributeHeaderLength = 4;
    public const int AttributeAlignment = 4;
    public const int AttributeLengthOffset = 2;
    public const ushort FirstComprehensionOptional = 0x8000;

    public const int IntegrityLength = 20;
    public const int FingerprintLength = 4;
    public const uint FingerprintXor = 0x5354_554E;

    /// <summary>Reserved byte, family, port; then the address (RFC 8489 section 14.2).</summary>
    public const int AddressFamilyOffset = 1;
    public const int AddressPortOffset = 2;
    public const int AddressOffset = 4;
    public const byte FamilyIPv4 = 1;
    public const byte FamilyIPv6 = 2;
    public const int IPv4Length = 4;
    public const int IPv6Length = 16;

    /// <summary>The hundreds of the code in one byte, the rest in the next, then the reason (RFC 8489 section 14.8).</summary>
    public const int ErrorClassOffset = 2;
    public const int ErrorNumberOffset = 3;
    public const int ErrorReasonOffset = 4;

    public static int Padded(int length) => (length + AttributeAlignment - 1) & -AttributeAlignment;
}
