using Sfu.Slots;

namespace Sfu.FanOut;

/// <summary>The latest packets of each of a listener's streams, so that they can be sent once more as the same bytes.</summary>
/// <param name="streams">As many as the listener has slots.</param>
internal sealed class SentPackets(int streams)
{
    /// <summary>Of each stream: 640 ms of one speaker, 320 ms in packets of 10 ms. A power of two.</summary>
    public const int Depth = 32;

    private readonly SentPacket[] _packets = new SentPacket[streams * Depth];

    /// <param name="highest">The stream's highest index: a packet so late that its place belongs to a newer one is not noted.</param>
    public void Note(int stream, long packetIndex, long highest, int padding, SlotForm form)
    {
        if (highest - packetIndex < Depth)
            At(stream, packetIndex) = new SentPacket { Sequence = (ushort)packetIndex, Padding = (byte)padding, Form = form };
    }

    /// <param name="packetIndex">Fewer than <see cref="Depth"/> below the highest.</param>
    public ref SentPacket At(int stream, long packetIndex) => ref _packets[stream * Depth + (int)(packetIndex & (Depth - 1))];
}
