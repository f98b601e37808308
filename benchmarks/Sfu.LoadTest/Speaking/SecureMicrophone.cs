using Sfu.LoadTest.Clients;

namespace Sfu.LoadTest.Speaking;

/// <summary>SRTP on a client's own path.</summary>
/// <param name="client">It has keys.</param>
internal sealed class SecureMicrophone(LoadClient client) : IMicrophone
{
    public uint Ssrc => client.MicrophoneSsrc;

    public void Send(Span<byte> packet, int headerLength, ReadOnlySpan<byte> payload, uint rolloverCounter) =>
        client.Send(packet[..client.Sender!.Protect(packet, headerLength, payload, padding: 0, rolloverCounter)]);
}
