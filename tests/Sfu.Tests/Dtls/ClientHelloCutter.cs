using System.Buffers.Binary;
using Sfu.Dtls;

namespace Sfu.Tests.Dtls;

/// <summary>Cuts a ClientHello into two fragments in two datagrams, as browsers do with their long ones.</summary>
internal static class ClientHelloCutter
{
    private const int MessageHeader = 12;

    public static byte[][] Cut(byte[] datagram, bool backwards)
    {
        int body = datagram.Length - DtlsRecord.HeaderLength - MessageHeader;
        byte[] first = Fragment(datagram, 0, body / 2);
        byte[] second = Fragment(datagram, body / 2, body - body / 2);
        return backwards ? [second, first] : [first, second];
    }

    private static byte[] Fragment(byte[] datagram, int offset, int length)
    {
        byte[] header = datagram[..(DtlsRecord.HeaderLength + MessageHeader)];
        Span<byte> message = header.AsSpan(DtlsRecord.HeaderLength);
        BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(11), (ushort)(MessageHeader + length));
        BinaryPrimitives.WriteUInt16BigEndian(message[7..], (ushort)offset);
        BinaryPrimitives.WriteUInt16BigEndian(message[10..], (ushort)length);
        if (offset > 0)
            DtlsRecord.SetSequence(header, 1);
        return [.. header, .. datagram.AsSpan(header.Length + offset, length)];
    }
}
