using System.Buffers.Binary;

namespace Sfu.Dtls;

/// <summary>One record of a datagram (RFC 6347 4.1): type, version, epoch, 48-bit sequence number, length, fragment.</summary>
internal readonly ref struct DtlsRecord
{
    public const int HeaderLength = 13;

    private const int VersionOffset = 1;
    private const int EpochOffset = 3;
    private const int SequenceOffset = 5;
    private const int LengthOffset = 11;

    /// <summary>Of a handshake message: type, 24-bit length, message sequence, fragment offset, fragment length (RFC 6347 4.2.2).</summary>
    private const int MessageHeaderLength = 12;

    private const int MessageLengthOffset = 1;
    private const int FragmentOffsetOffset = 6;
    private const int FragmentLengthOffset = 9;

    /// <summary>DTLS versions are the complements of 1.0 and 1.2; a first ClientHello carries either.</summary>
    private const ushort Version10 = 0xFEFF;

    public const ushort Version12 = 0xFEFD;

    private DtlsRecord(ReadOnlySpan<byte> bytes) => Bytes = bytes;

    /// <summary>The record with its header.</summary>
    public ReadOnlySpan<byte> Bytes { get; }

    public DtlsContentType Type => (DtlsContentType)Bytes[0];

    public ushort Epoch => BinaryPrimitives.ReadUInt16BigEndian(Bytes[EpochOffset..]);

    public ReadOnlySpan<byte> Fragment => Bytes[HeaderLength..];

    /// <summary>Of an unencrypted handshake record that <see cref="HasSaneMessage"/>.</summary>
    public DtlsHandshakeType MessageType => (DtlsHandshakeType)Fragment[0];

    /// <summary>Whether an unencrypted handshake record starts with a fragment that lies within its message and within the record.</summary>
    public bool HasSaneMessage
    {
        get
        {
            if (Fragment.Length < MessageHeaderLength)
                return false;
            int message = ReadUInt24(Fragment[MessageLengthOffset..]);
            int offset = ReadUInt24(Fragment[FragmentOffsetOffset..]);
            int length = ReadUInt24(Fragment[FragmentLengthOffset..]);
            return offset + length <= message && MessageHeaderLength + length <= Fragment.Length;
        }
    }

    /// <summary>Takes the next record off a datagram; false at its end, and when what is left is no DTLS 1.0 or 1.2 record.</summary>
    public static bool TryRead(ref ReadOnlySpan<byte> datagram, out DtlsRecord record)
    {
        record = default;
        if (datagram.Length < HeaderLength)
            return false;
        if (BinaryPrimitives.ReadUInt16BigEndian(datagram[VersionOffset..]) is not (Version10 or Version12))
            return false;
        int length = HeaderLength + BinaryPrimitives.ReadUInt16BigEndian(datagram[LengthOffset..]);
        if (datagram.Length < length)
            return false;

        record = new DtlsRecord(datagram[..length]);
        datagram = datagram[length..];
        return true;
    }

    /// <summary>Gives a record another number. Only for epoch 0, whose records nothing authenticates.</summary>
    public static void SetSequence(Span<byte> record, ulong sequence)
    {
        BinaryPrimitives.WriteUInt16BigEndian(record[SequenceOffset..], (ushort)(sequence >> 32));
        BinaryPrimitives.WriteUInt32BigEndian(record[(SequenceOffset + sizeof(ushort))..], (uint)sequence);
    }

    private static int ReadUInt24(ReadOnlySpan<byte> bytes) => (bytes[0] << 16) | BinaryPrimitives.ReadUInt16BigEndian(bytes[1..]);
}
