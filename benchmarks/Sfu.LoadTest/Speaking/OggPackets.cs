using System.Buffers.Binary;

namespace Sfu.LoadTest.Speaking;

/// <summary>Reads the packets of a single logical Ogg stream (RFC 3533 section 6). For a file that we made ourselves: no checksums, no multiplexing.</summary>
internal static class OggPackets
{
    private const int PageHeaderLength = 27;
    private const int SegmentCountOffset = 26;
    private const byte LongestSegment = 255;

    /// <exception cref="InvalidDataException">It is no Ogg stream, or a page is cut off.</exception>
    public static List<byte[]> Read(ReadOnlySpan<byte> file)
    {
        var packets = new List<byte[]>();
        var packet = new List<byte>();
        while (!file.IsEmpty)
        {
            if (file.Length < PageHeaderLength || BinaryPrimitives.ReadUInt32BigEndian(file) != 0x4F67_6753) // "OggS"
                throw new InvalidDataException("An Ogg page begins with OggS.");
            int segments = file[SegmentCountOffset];
            if (file.Length < PageHeaderLength + segments)
                throw new InvalidDataException("An Ogg page is cut off.");
            ReadOnlySpan<byte> lacing = file.Slice(PageHeaderLength, segments);
            file = file[(PageHeaderLength + segments)..];
            foreach (byte length in lacing)
            {
                if (file.Length < length)
                    throw new InvalidDataException("An Ogg page is cut off.");
                packet.AddRange(file[..length]);
                file = file[length..];
                if (length == LongestSegment)
                    continue;
                packets.Add([.. packet]);
                packet.Clear();
            }
        }

        return packets;
    }
}
