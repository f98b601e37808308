using Sfu.LoadTest.Net;
using Sfu.Net;

namespace Sfu.LoadTest.Speaking;

/// <summary>Plain RTP to a port of the server that takes it.</summary>
/// <param name="source">The speaker's own IPv4 address.</param>
internal sealed class PlainMicrophone(ClientSocket socket, uint source, TransportAddress destination, uint ssrc) : IMicrophone
{
    public uint Ssrc => ssrc;

    public void Send(Span<byte> packet, int headerLength, ReadOnlySpan<byte> payload, uint rolloverCounter)
    {
        payload.CopyTo(packet[headerLength..]);
        socket.Send(source, destination, packet[..(headerLength + payload.Length)]);
    }
}
