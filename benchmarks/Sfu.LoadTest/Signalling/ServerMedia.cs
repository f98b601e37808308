using Sfu.Dtls;
using Sfu.Ice;
using Sfu.Net;

namespace Sfu.LoadTest.Signalling;

/// <summary>What a server has told a client in its offer.</summary>
/// <param name="Slots">Streams that it will send.</param>
/// <param name="FirstSsrc">Of the first of them; the others follow it without a gap.</param>
/// <param name="Csrc">By which it names the client to others; null where it names nobody.</param>
internal sealed record ServerMedia(IceCredentials Ice, TransportAddress Address, Fingerprint Fingerprint, int Slots, uint FirstSsrc, uint? Csrc)
{
    /// <summary>RTP timestamps begin somewhere else for each client, and then go on as the only speaker's do.</summary>
    public bool HasOwnTimeline { get; init; }
}
