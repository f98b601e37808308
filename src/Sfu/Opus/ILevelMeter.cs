using Sfu.Rtp;
using Sfu.Time;

namespace Sfu.Opus;

/// <summary>Tells the level of a stream's packets where the publisher does not (RFC 6464).</summary>
internal interface ILevelMeter : IDisposable
{
    /// <param name="packet">The stream's next packet; whatever a client sent.</param>
    AudioLevel Measure(ReadOnlySpan<byte> packet, Instant now);
}
