namespace Sfu.Opus;

/// <summary>Decodes one publisher's Opus packets, one after the other (RFC 6716), to mono of 16 kHz.</summary>
/// <remarks>One thread. libopus is behind it unless somebody gives the node another one (<see cref="SfuOptions.CreateOpusDecoder"/>).</remarks>
public interface IOpusDecoder : IDisposable
{
    /// <param name="packet">At least one byte; whatever a client sent.</param>
    /// <param name="samples">Room for 120 ms, the longest that a packet plays: 1,920 samples.</param>
    /// <returns>Samples written, or less than 1 when the packet is none.</returns>
    int Decode(ReadOnlySpan<byte> packet, Span<short> samples);
}
