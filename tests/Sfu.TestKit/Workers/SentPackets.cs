using System.Diagnostics.CodeAnalysis;
using Sfu.Slots;
using Sfu.TestKit.Rtp;

namespace Sfu.TestKit.Workers;

/// <summary>What a simulated microphone has sent: for RED, and for those who ask for it again.</summary>
internal sealed class SentPackets
{
    private readonly List<(uint Timestamp, byte[] Opus)> _encoded = [];
    private readonly Dictionary<ushort, byte[]> _packets = [];

    /// <summary>The payload that carries a frame and some of those before it.</summary>
    /// <param name="redDistance">0 for the frame alone, without RED.</param>
    public byte[] PayloadOf(byte[] opus, uint timestamp, int redDistance)
    {
        (byte, ushort, byte[])[] redundant =
        [
            .. _encoded.TakeLast(redDistance).Select(frame => (MediaConstants.OpusPayloadType, (ushort)(timestamp - frame.Timestamp), frame.Opus)),
        ];
        _encoded.Add((timestamp, opus));
        return redDistance == 0 ? opus : RtpBuilder.RedPayload([.. redundant, (MediaConstants.OpusPayloadType, 0, opus)]);
    }

    /// <param name="packet">As it was sent, encrypted.</param>
    public void Add(ushort sequenceNumber, byte[] packet) => _packets[sequenceNumber] = packet;

    public bool TryFind(ushort sequenceNumber, [NotNullWhen(true)] out byte[]? packet) => _packets.TryGetValue(sequenceNumber, out packet);
}
