using System.Diagnostics;
using Sfu.Rtp;

namespace Sfu.Slots;

/// <summary>Which older frames of a slot ride along with a new packet in its RED form (RFC 2198), and how long that makes it.</summary>
/// <remarks>
/// The two packets before it in the slot's sequence, as far as they are there, are the same speaker's, are not too old for the format's
/// 14 bits, and leave the payload within <see cref="MediaConstants.MaxPayload"/>. Another speaker's would be heard by somebody who must not:
/// who has just left the slot, or whom a listener has withheld.
/// </remarks>
internal readonly struct RedForm
{
    /// <summary>Frames that ride along at most.</summary>
    public const int Depth = 2;

    /// <summary>Positions that are searched for them: a packet that was overtaken on the way up lies further back.</summary>
    private const int SearchDepth = 8;

    private const long None = -1;

    // In the order in which they are written.
    private readonly long _older;
    private readonly long _newer;

    private RedForm(long older, long newer, int payloadLength)
    {
        _older = older;
        _newer = newer;
        PayloadLength = payloadLength;
    }

    /// <summary>0 when nothing rides along: then there is no such form.</summary>
    public int PayloadLength { get; }

    /// <param name="payloadLength">Of the packet that comes next.</param>
    public static RedForm Find(SlotHistory history, in SlotPacketHeader header, int payloadLength)
    {
        int total = RedWriter.PrimaryHeaderLength + payloadLength;
        long newer = Find(history, header, header.Index - 1, ref total);
        long older = Find(history, header, header.Index - 2, ref total);
        return new RedForm(older, newer, older == None && newer == None ? 0 : total);
    }

    /// <summary>Writes the payload. Room was made for it meanwhile, which never costs the latest packets their place: the history holds more of the largest.</summary>
    /// <param name="destination"><see cref="PayloadLength"/> bytes, none of them of a packet that is kept.</param>
    public void Write(SlotHistory history, uint timestamp, ReadOnlySpan<byte> payload, Span<byte> destination)
    {
        var writer = new RedWriter(destination);
        AddHeader(history, _older, timestamp, ref writer);
        AddHeader(history, _newer, timestamp, ref writer);
        writer.AddPrimaryHeader(MediaConstants.OpusPayloadType);
        AddData(history, _older, ref writer);
        AddData(history, _newer, ref writer);
        writer.AddData(payload);
        Debug.Assert(writer.Length == PayloadLength);
    }

    private static long Find(SlotHistory history, in SlotPacketHeader header, long index, ref int total)
    {
        for (long position = history.Next - 1; position >= Math.Max(history.Oldest, history.Next - SearchDepth); position--)
        {
            ref readonly SlotEntry entry = ref history[position];
            if (entry.Index != index)
                continue;

            int length = entry.Length - RtpHeaderWriter.SlotHeaderLength;
            uint age = header.Timestamp - RtpHeaderWriter.TimestampOf(history.Read(entry));
            int grown = total + RedWriter.RedundantHeaderLength + length;
            if (entry.Csrc != header.Csrc
                || age is 0 or > RedWriter.MaxTimestampOffset
                || length > RedWriter.MaxBlockLength
                || grown > MediaConstants.MaxPayload)
            {
                return None;
            }

            total = grown;
            return position;
        }

        return None;
    }

    private static void AddHeader(SlotHistory history, long position, uint timestamp, ref RedWriter writer)
    {
        if (position == None)
            return;
        ReadOnlySpan<byte> packet = history.Read(history[position]);
        writer.AddRedundantHeader(
            MediaConstants.OpusPayloadType,
            (int)(timestamp - RtpHeaderWriter.TimestampOf(packet)),
            packet.Length - RtpHeaderWriter.SlotHeaderLength);
    }

    private static void AddData(SlotHistory history, long position, ref RedWriter writer)
    {
        if (position != None)
            writer.AddData(history.Read(history[position])[RtpHeaderWriter.SlotHeaderLength..]);
    }
}
