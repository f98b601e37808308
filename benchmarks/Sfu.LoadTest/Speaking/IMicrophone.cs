namespace Sfu.LoadTest.Speaking;

/// <summary>The way of a speaker's packets to the server. The pacing thread's.</summary>
internal interface IMicrophone
{
    uint Ssrc { get; }

    /// <param name="packet">Begins with the RTP header, has room for the rest, and is written over.</param>
    /// <param name="headerLength">Bytes.</param>
    /// <param name="rolloverCounter">RFC 3711 section 3.3.1.</param>
    void Send(Span<byte> packet, int headerLength, ReadOnlySpan<byte> payload, uint rolloverCounter);
}
