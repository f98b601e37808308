using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Sfu.Net;

namespace Sfu.Stun;

/// <summary>Writes a STUN message into a buffer; after each call the buffer holds a well-formed message.</summary>
/// <remarks>
/// MESSAGE-INTEGRITY covers what was written before it, and FINGERPRINT comes last (RFC 8489 sections 14.5 and 14.7).
/// Throws <see cref="ArgumentException"/> when the buffer is too short: it is the caller's, not the network's.
/// </remarks>
public ref struct StunWriter
{
    private readonly Span<byte> _buffer;

    /// <param name="buffer">20 bytes and what the attributes need.</param>
    /// <param name="type">Class and method.</param>
    /// <param name="transactionId">12 bytes.</param>
    public StunWriter(Span<byte> buffer, StunMessageType type, scoped ReadOnlySpan<byte> transactionId)
    {
        _buffer = buffer;
        Length = StunFormat.HeaderLength;
        BinaryPrimitives.WriteUInt16BigEndian(buffer[StunFormat.TypeOffset..], (ushort)type);
        BinaryPrimitives.WriteUInt16BigEndian(buffer[StunFormat.LengthOffset..], 0);
        BinaryPrimitives.WriteUInt32BigEndian(buffer[StunFormat.CookieOffset..], StunFormat.MagicCookie);
        transactionId.CopyTo(buffer.Slice(StunFormat.TransactionIdOffset, StunFormat.TransactionIdLength));
    }

    /// <summary>Bytes of the message so far, the header included.</summary>
    public int Length { get; private set; }

    /// <summary>An attribute that has no method of its own.</summary>
    public void WriteAttribute(StunAttributeType type, scoped ReadOnlySpan<byte> value) => value.CopyTo(Append(type, value.Length));

    /// <summary>The receiver's fragment first (RFC 8445 section 7.2.2).</summary>
    public void WriteUsername(scoped ReadOnlySpan<byte> receiverFragment, scoped ReadOnlySpan<byte> senderFragment)
    {
        Span<byte> value = Append(StunAttributeType.Username, receiverFragment.Length + 1 + senderFragment.Length);
        receiverFragment.CopyTo(value);
        value[receiverFragment.Length] = (byte)':';
        senderFragment.CopyTo(value[(receiverFragment.Length + 1)..]);
    }

    public void WritePriority(uint priority) =>
        BinaryPrimitives.WriteUInt32BigEndian(Append(StunAttributeType.Priority, sizeof(uint)), priority);

    public void WriteIceControlling(ulong tieBreaker) =>
        BinaryPrimitives.WriteUInt64BigEndian(Append(StunAttributeType.IceControlling, sizeof(ulong)), tieBreaker);

    public void WriteIceControlled(ulong tieBreaker) =>
        BinaryPrimitives.WriteUInt64BigEndian(Append(StunAttributeType.IceControlled, sizeof(ulong)), tieBreaker);

    public void WriteUseCandidate() => Append(StunAttributeType.UseCandidate, 0);

    public void WriteXorMappedAddress(TransportAddress address)
    {
        Span<byte> value = Append(StunAttributeType.XorMappedAddress, StunAddress.LengthOf(address));
        StunAddress.WriteXor(value, address, _buffer.Slice(StunFormat.TransactionIdOffset, StunFormat.TransactionIdLength));
    }

    /// <summary>ERROR-CODE without a reason phrase, which nobody reads.</summary>
    public void WriteErrorCode(StunErrorCode code)
    {
        Span<byte> value = Append(StunAttributeType.ErrorCode, StunFormat.ErrorReasonOffset);
        value.Clear();
        value[StunFormat.ErrorClassOffset] = (byte)((int)code / 100);
        value[StunFormat.ErrorNumberOffset] = (byte)((int)code % 100);
    }

    public void WriteUnknownAttributes(scoped ReadOnlySpan<ushort> types)
    {
        Span<byte> value = Append(StunAttributeType.UnknownAttributes, types.Length * sizeof(ushort));
        for (int i = 0; i < types.Length; i++)
            BinaryPrimitives.WriteUInt16BigEndian(value[(i * sizeof(ushort))..], types[i]);
    }

    /// <param name="key">For short-term credentials the password's bytes.</param>
    [SuppressMessage("Security", "CA5350", Justification = "ICE knows no other MESSAGE-INTEGRITY.")]
    public void WriteMessageIntegrity(scoped ReadOnlySpan<byte> key)
    {
        ReadOnlySpan<byte> covered = _buffer[..Length];
        Span<byte> value = Append(StunAttributeType.MessageIntegrity, StunFormat.IntegrityLength);
        HMACSHA1.HashData(key, covered, value);
    }

    public void WriteFingerprint()
    {
        ReadOnlySpan<byte> covered = _buffer[..Length];
        Span<byte> value = Append(StunAttributeType.Fingerprint, StunFormat.FingerprintLength);
        BinaryPrimitives.WriteUInt32BigEndian(value, Crc32.Compute(covered) ^ StunFormat.FingerprintXor);
    }

    /// <summary>Appends an attribute's header and padding, and counts it in the message's length.</summary>
    private Span<byte> Append(StunAttributeType type, int length)
    {
        int padded = StunFormat.Padded(length);
        Span<byte> attribute = _buffer.Slice(Length, StunFormat.AttributeHeaderLength + padded);
        BinaryPrimitives.WriteUInt16BigEndian(attribute, (ushort)type);
        BinaryPrimitives.WriteUInt16BigEndian(attribute[StunFormat.AttributeLengthOffset..], (ushort)length);
        attribute[(StunFormat.AttributeHeaderLength + length)..].Clear();
        Length += attribute.Length;
        BinaryPrimitives.WriteUInt16BigEndian(
            _buffer[StunFormat.LengthOffset..], (ushort)(Length - StunFormat.HeaderLength));
        return attribute.Slice(StunFormat.AttributeHeaderLength, length);
    }
}
