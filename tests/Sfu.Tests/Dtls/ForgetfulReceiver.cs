using System.Buffers.Binary;
using Sfu.Dtls;

namespace Sfu.Tests.Dtls;

/// <summary>A receiver's gate: in epoch 0 it drops records whose number it has seen, and, though it has seen them, messages that come before their turn.</summary>
internal sealed class ForgetfulReceiver
{
    private readonly HashSet<ulong> _seen = [];
    private int _nextMessage;
    private int _nextOffset;

    /// <summary>False discards the datagram, which here carries records of one kind only or such as are in order.</summary>
    public bool Takes(ReadOnlySpan<byte> datagram)
    {
        bool takes = true;
        while (DtlsRecord.TryRead(ref datagram, out DtlsRecord record))
        {
            if (record.Epoch != 0)
                continue;
            takes &= _seen.Add(BinaryPrimitives.ReadUInt64BigEndian(record.Bytes[3..]));
            if (takes && record.Type == DtlsContentType.Handshake)
                takes = TakesMessage(record.Fragment);
        }

        return takes;
    }

    private bool TakesMessage(ReadOnlySpan<byte> fragment)
    {
        int message = BinaryPrimitives.ReadUInt16BigEndian(fragment[4..]);
        int total = BinaryPrimitives.ReadUInt16BigEndian(fragment[2..]);
        int offset = BinaryPrimitives.ReadUInt16BigEndian(fragment[7..]);
        int length = BinaryPrimitives.ReadUInt16BigEndian(fragment[10..]);
        if (message > _nextMessage || (message == _nextMessage && offset > _nextOffset))
            return false;
        if (message == _nextMessage)
            _nextOffset = Math.Max(_nextOffset, offset + length);
        if (message == _nextMessage && _nextOffset == total)
        {
            _nextMessage++;
            _nextOffset = 0;
        }

        return true;
    }
}
