using System.Buffers.Binary;
using Sfu.Diagnostics;

namespace Sfu.Stun;

/// <summary>Offsets of the values in a message, 0 when absent; filled in while the attributes are walked once.</summary>
internal struct StunLayout
{
    public ushort Username;
    public ushort UsernameLength;
    public ushort Priority;
    public ushort IceControlling;
    public ushort IceControlled;
    public ushort ErrorCode;
    public ushort XorMappedAddress;
    public ushort XorMappedAddressLength;

    /// <summary>Offset of the attribute's header, unlike the others.</summary>
    public ushort Integrity;
    public bool UseCandidate;
    public bool HasFingerprint;
    public bool HasUnknownRequired;

    private bool _protectionEnded;

    public DropReason Add(in StunAttributeReader attribute, ReadOnlySpan<byte> message)
    {
        if (attribute.Type == StunAttributeType.Fingerprint)
            return AddFingerprint(in attribute, message);

        if (_protectionEnded)
            return DropReason.None;

        switch (attribute.Type)
        {
            case StunAttributeType.Username when Username == 0:
                UsernameLength = (ushort)attribute.Value.Length;
                return Keep(ref Username, in attribute, attribute.Value.Length);
            case StunAttributeType.Priority:
                return Keep(ref Priority, in attribute, sizeof(uint));
            case StunAttributeType.IceControlling:
                return Keep(ref IceControlling, in attribute, sizeof(ulong));
            case StunAttributeType.IceControlled:
                return Keep(ref IceControlled, in attribute, sizeof(ulong));
            case StunAttributeType.UseCandidate:
                UseCandidate = true;
                return attribute.Value.IsEmpty ? DropReason.None : DropReason.StunMalformed;
            case StunAttributeType.MessageIntegrity:
                _protectionEnded = true;
                Integrity = (ushort)attribute.Offset;
                return attribute.Value.Length == StunFormat.IntegrityLength ? DropReason.None : DropReason.StunMalformed;
            case StunAttributeType.MessageIntegritySha256:
                // What follows it is not protected by it either, and a MESSAGE-INTEGRITY behind it is out of order.
                _protectionEnded = true;
                return DropReason.None;
            case StunAttributeType.ErrorCode when attribute.Value.Length < StunFormat.ErrorReasonOffset:
                return DropReason.StunMalformed;
            case StunAttributeType.ErrorCode:
                return Keep(ref ErrorCode, in attribute, attribute.Value.Length);
            case StunAttributeType.XorMappedAddress when !StunAddress.IsWellFormed(attribute.Value):
                return DropReason.StunMalformed;
            case StunAttributeType.XorMappedAddress when XorMappedAddress == 0:
                XorMappedAddressLength = (ushort)attribute.Value.Length;
                return Keep(ref XorMappedAddress, in attribute, attribute.Value.Length);
            default:
                HasUnknownRequired |= IsUnknownRequired(attribute.Type);
                return DropReason.None;
        }
    }

    /// <summary>Attributes behind such a one are not seen, FINGERPRINT excepted.</summary>
    public static bool EndsProtection(StunAttributeType type) =>
        type is StunAttributeType.MessageIntegrity or StunAttributeType.MessageIntegritySha256;

    public static bool IsUnknownRequired(StunAttributeType type) =>
        (ushort)type < StunFormat.FirstComprehensionOptional && type is not (
            StunAttributeType.MappedAddress or StunAttributeType.Username or StunAttributeType.MessageIntegrity
            or StunAttributeType.ErrorCode or StunAttributeType.UnknownAttributes or StunAttributeType.Realm
            or StunAttributeType.Nonce or StunAttributeType.MessageIntegritySha256 or StunAttributeType.XorMappedAddress
            or StunAttributeType.Priority or StunAttributeType.UseCandidate);

    private static DropReason Keep(ref ushort offset, in StunAttributeReader attribute, int length)
    {
        if (attribute.Value.Length != length)
            return DropReason.StunMalformed;

        if (offset == 0)
            offset = (ushort)attribute.ValueOffset;

        return DropReason.None;
    }

    private DropReason AddFingerprint(in StunAttributeReader attribute, ReadOnlySpan<byte> message)
    {
        if (attribute.Value.Length != StunFormat.FingerprintLength)
            return DropReason.StunMalformed;

        HasFingerprint = true;
        uint expected = Crc32.Compute(message[..attribute.Offset]) ^ StunFormat.FingerprintXor;
        return BinaryPrimitives.ReadUInt32BigEndian(attribute.Value) == expected
            ? DropReason.None
            : DropReason.StunBadFingerprint;
    }
}
