using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Sfu.Stun;

namespace Sfu.TestKit.Stun;

/// <summary>
/// Puts right what a mutation broke, so that a fuzzed message gets past the first checks and meets the code behind them.
/// </summary>
public static class StunRepair
{
    /// <summary>Bytes that <see cref="Repair"/> adds at most.</summary>
    public const int MaxGrowth = StunFormat.HeaderLength + StunFormat.AttributeHeaderLength + StunFormat.IntegrityLength
        + StunFormat.AttributeHeaderLength + StunFormat.FingerprintLength;

    /// <summary>Header length, cookie and a FINGERPRINT at the end; with a key, a MESSAGE-INTEGRITY before it.</summary>
    /// <param name="datagram">What was mutated.</param>
    /// <param name="key">Empty for none.</param>
    /// <param name="repaired">At least <see cref="MaxGrowth"/> bytes longer than the datagram.</param>
    /// <returns>Bytes written.</returns>
    [SuppressMessage("Security", "CA5350", Justification = "ICE knows no other MESSAGE-INTEGRITY.")]
    public static int Repair(ReadOnlySpan<byte> datagram, ReadOnlySpan<byte> key, Span<byte> repaired)
    {
        repaired[..StunFormat.HeaderLength].Clear();
        datagram.CopyTo(repaired);
        int length = Math.Max(datagram.Length & -StunFormat.AttributeAlignment, StunFormat.HeaderLength);
        BinaryPrimitives.WriteUInt32BigEndian(repaired[StunFormat.CookieOffset..], StunFormat.MagicCookie);

        if (!key.IsEmpty)
        {
            Span<byte> integrity = Append(repaired, ref length, StunAttributeType.MessageIntegrity, StunFormat.IntegrityLength);
            int covered = length - StunFormat.IntegrityLength - StunFormat.AttributeHeaderLength;
            HMACSHA1.HashData(key, repaired[..covered], integrity);
        }

        Span<byte> fingerprint = Append(repaired, ref length, StunAttributeType.Fingerprint, StunFormat.FingerprintLength);
        uint crc = Crc32.Compute(repaired[..(length - StunFormat.FingerprintLength - StunFormat.AttributeHeaderLength)]);
        BinaryPrimitives.WriteUInt32BigEndian(fingerprint, crc ^ StunFormat.FingerprintXor);
        return length;
    }
    private static Span<byte> Append(Span<byte> message, ref int length, StunAttributeType type, int valueLength)
    {
        Span<byte> attribute = message.Slice(length, StunFormat.AttributeHeaderLength + valueLength);
        BinaryPrimitives.WriteUInt16BigEndian(attribute, (ushort)type);
        BinaryPrimitives.WriteUInt16BigEndian(attribute[StunFormat.AttributeLengthOffset..], (ushort)valueLength);
        length += attribute.Length;
        BinaryPrimitives.WriteUInt16BigEndian(message[StunFormat.LengthOffset..], (ushort)(length - StunFormat.HeaderLength));
        return attribute[StunFormat.AttributeHeaderLength..];
    }
}
