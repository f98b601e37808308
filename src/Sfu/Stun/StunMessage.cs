using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Sfu.Diagnostics;
using Sfu.Net;

namespace Sfu.Stun;

/// <summary>A STUN message read in place (RFC 8489), with the attributes of ICE (RFC 8445 section 7.1).</summary>
/// <remarks>
/// Lives as long as the bytes it was read from. The first of several attributes of one type counts; what follows
/// MESSAGE-INTEGRITY is not protected and therefore not seen, FINGERPRINT excepted (RFC 8489 section 14.5).
/// Nothing but the form and the FINGERPRINT is checked by <see cref="TryRead"/>: who sent it is up to <see cref="HasValidIntegrity"/>.
/// </remarks>
public readonly ref struct StunMessage
{
    /// <summary>Longer datagrams are malformed; no path that ICE is used on carries them in one piece.</summary>
    public const int MaxLength = 1500;

    /// <summary>0 wherever an attribute is absent: a value never begins inside the header.</summary>
    private readonly StunLayout _layout;
    private readonly ReadOnlySpan<byte> _bytes;

    private StunMessage(ReadOnlySpan<byte> bytes, StunLayout layout)
    {
        _bytes = bytes;
        _layout = layout;
    }

    /// <summary>Checks the form of a datagram, and its FINGERPRINT when it has one. Never throws.</summary>
    /// <returns>
    /// <see cref="DropReason.None"/>, <see cref="DropReason.StunMalformed"/> or <see cref="DropReason.StunBadFingerprint"/>;
    /// <paramref name="message"/> may be used only with the first.
    /// </returns>
    public static DropReason TryRead(ReadOnlySpan<byte> datagram, out StunMessage message)
    {
        message = default;
        if (!HasValidHeader(datagram))
            return DropReason.StunMalformed;

        var layout = new StunLayout();
        var attributes = new StunAttributeReader(datagram);
        while (attributes.TryNext())
        {
            DropReason reason = layout.HasFingerprint ? DropReason.StunMalformed : layout.Add(in attributes, datagram);
            if (reason != DropReason.None)
                return reason;
        }

        if (attributes.IsMalformed)
            return DropReason.StunMalformed;

        message = new StunMessage(datagram, layout);
        return DropReason.None;
    }

    public StunMessageType Type => (StunMessageType)BinaryPrimitives.ReadUInt16BigEndian(_bytes);

    /// <summary>12 bytes.</summary>
    public ReadOnlySpan<byte> TransactionId =>
        _bytes.Slice(StunFormat.TransactionIdOffset, StunFormat.TransactionIdLength);

    /// <summary>Empty when there is none.</summary>
    public ReadOnlySpan<byte> Username => _bytes.Slice(_layout.Username, _layout.UsernameLength);

    /// <summary>PRIORITY (RFC 8445 section 7.1.1).</summary>
    public uint? Priority => _layout.Priority == 0 ? null : BinaryPrimitives.ReadUInt32BigEndian(_bytes[_layout.Priority..]);

    public bool UseCandidate => _layout.UseCandidate;

    /// <summary>The sender's tie-breaker, when it takes itself for the controlling agent.</summary>
    public ulong? IceControlling =>
        _layout.IceControlling == 0 ? null : BinaryPrimitives.ReadUInt64BigEndian(_bytes[_layout.IceControlling..]);

    /// <summary>The sender's tie-breaker, when it takes itself for the controlled agent.</summary>
    public ulong? IceControlled =>
        _layout.IceControlled == 0 ? null : BinaryPrimitives.ReadUInt64BigEndian(_bytes[_layout.IceControlled..]);

    /// <summary>True when FINGERPRINT is present; a wrong one does not get past <see cref="TryRead"/>.</summary>
    public bool HasFingerprint => _layout.HasFingerprint;

    public bool HasIntegrity => _layout.Integrity != 0;

    /// <summary>True when the message holds comprehension-required attributes that nobody here understands.</summary>
    public bool HasUnknownRequired => _layout.HasUnknownRequired;

    /// <summary>The code of ERROR-CODE, 300..699, or 0 when there is none.</summary>
    public int ErrorCode => _layout.ErrorCode == 0 ? 0
        : (_bytes[_layout.ErrorCode + StunFormat.ErrorClassOffset] & 7) * 100 + _bytes[_layout.ErrorCode + StunFormat.ErrorNumberOffset];

    /// <summary>XOR-MAPPED-ADDRESS (RFC 8489 section 14.2), or the empty address.</summary>
    public TransportAddress XorMappedAddress =>
        _layout.XorMappedAddress == 0 ? default
            : StunAddress.ReadXor(_bytes.Slice(_layout.XorMappedAddress, _layout.XorMappedAddressLength), TransactionId);

    /// <summary>Checks MESSAGE-INTEGRITY (HMAC-SHA1, RFC 8489 section 14.5) in constant time.</summary>
    /// <param name="key">For short-term credentials the password's bytes (RFC 8489 section 9.1.1).</param>
    /// <returns>False also when there is no MESSAGE-INTEGRITY.</returns>
    [SkipLocalsInit]
    [SuppressMessage("Security", "CA5350", Justification = "ICE knows no other MESSAGE-INTEGRITY.")]
    public bool HasValidIntegrity(ReadOnlySpan<byte> key)
    {
        if (_layout.Integrity == 0)
            return false;

        // The header's length must end at MESSAGE-INTEGRITY while it is hashed, and the datagram is not ours to change.
        Span<byte> covered = stackalloc byte[MaxLength];
        covered = covered[.._layout.Integrity];
        _bytes[.._layout.Integrity].CopyTo(covered);
        int end = _layout.Integrity + StunFormat.AttributeHeaderLength + StunFormat.IntegrityLength;
        BinaryPrimitives.WriteUInt16BigEndian(covered[StunFormat.LengthOffset..], (ushort)(end - StunFormat.HeaderLength));

        Span<byte> expected = stackalloc byte[StunFormat.IntegrityLength];
        HMACSHA1.HashData(key, covered, expected);
        return CryptographicOperations.FixedTimeEquals(expected, _bytes[(end - StunFormat.IntegrityLength)..end]);
    }

    /// <summary>The types for UNKNOWN-ATTRIBUTES, in the message's order.</summary>
    /// <returns>How many were written; those that do not fit are left out.</returns>
    public int CopyUnknownRequired(Span<ushort> types)
    {
        int count = 0;
        if (!HasUnknownRequired)
            return count;

        var attributes = new StunAttributeReader(_bytes);
        while (count < types.Length && attributes.TryNext() && !StunLayout.EndsProtection(attributes.Type))
            if (StunLayout.IsUnknownRequired(attributes.Type))
                types[count++] = (ushort)attributes.Type;

        return count;
    }

    private static bool HasValidHeader(ReadOnlySpan<byte> datagram)
    {
        const int NotStunBits = 0xC000;

        if (datagram.Length is < StunFormat.HeaderLength or > MaxLength)
            return false;

        int length = BinaryPrimitives.ReadUInt16BigEndian(datagram[StunFormat.LengthOffset..]);
        return (BinaryPrimitives.ReadUInt16BigEndian(datagram) & NotStunBits) == 0
            && length == datagram.Length - StunFormat.HeaderLength
            && BinaryPrimitives.ReadUInt32BigEndian(datagram[StunFormat.CookieOffset..]) == StunFormat.MagicCookie;
    }
}
