using System.Buffers.Binary;
using Sfu.Net;

namespace Sfu.Stun;

/// <summary>The value of XOR-MAPPED-ADDRESS (RFC 8489 section 14.2).</summary>
internal static class StunAddress
{
    private const int PortShift = 16;

    public static int LengthOf(TransportAddress address) =>
        StunFormat.AddressOffset + (address.IsIPv4 ? StunFormat.IPv4Length : StunFormat.IPv6Length);

    public static bool IsWellFormed(ReadOnlySpan<byte> value) => value.Length switch
    {
        StunFormat.AddressOffset + StunFormat.IPv4Length => value[StunFormat.AddressFamilyOffset] == StunFormat.FamilyIPv4,
        StunFormat.AddressOffset + StunFormat.IPv6Length => value[StunFormat.AddressFamilyOffset] == StunFormat.FamilyIPv6,
        _ => false,
    };

    /// <param name="value">As long as <see cref="LengthOf"/> says.</param>
    /// <param name="address">The IPv4 family is used for IPv4-mapped addresses.</param>
    /// <param name="transactionId">12 bytes.</param>
    public static void WriteXor(Span<byte> value, TransportAddress address, ReadOnlySpan<byte> transactionId)
    {
        value[0] = 0;
        value[StunFormat.AddressFamilyOffset] = address.IsIPv4 ? StunFormat.FamilyIPv4 : StunFormat.FamilyIPv6;
        BinaryPrimitives.WriteUInt16BigEndian(
            value[StunFormat.AddressPortOffset..], (ushort)(address.Port ^ (StunFormat.MagicCookie >> PortShift)));
        Span<byte> bytes = value[StunFormat.AddressOffset..];
        if (address.IsIPv4)
        {
            BinaryPrimitives.WriteUInt32BigEndian(bytes, address.ToIPv4() ^ StunFormat.MagicCookie);
            return;
        }

        address.WriteAddress(bytes);
        Mask(bytes, transactionId);
    }

    /// <param name="value">Well-formed.</param>
    /// <param name="transactionId">12 bytes.</param>
    public static TransportAddress ReadXor(ReadOnlySpan<byte> value, ReadOnlySpan<byte> transactionId)
    {
        ushort port = (ushort)(BinaryPrimitives.ReadUInt16BigEndian(value[StunFormat.AddressPortOffset..])
            ^ (StunFormat.MagicCookie >> PortShift));
        ReadOnlySpan<byte> address = value[StunFormat.AddressOffset..];
        if (address.Length == StunFormat.IPv4Length)
            return TransportAddress.FromIPv4(BinaryPrimitives.ReadUInt32BigEndian(address) ^ StunFormat.MagicCookie, port);

        Span<byte> bytes = stackalloc byte[StunFormat.IPv6Length];
        address.CopyTo(bytes);
        Mask(bytes, transactionId);
        return new TransportAddress(bytes, port);
    }

    private static void Mask(Span<byte> address, ReadOnlySpan<byte> transactionId)
    {
        BinaryPrimitives.WriteUInt32BigEndian(address, BinaryPrimitives.ReadUInt32BigEndian(address) ^ StunFormat.MagicCookie);
        Span<byte> rest = address[sizeof(uint)..];
        for (int i = 0; i < rest.Length; i++)
            rest[i] ^= transactionId[i];
    }
}
