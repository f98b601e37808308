using Sfu.Dtls;
using Sfu.Ice;
using Sfu.Net;

namespace Sfu.LoadTest.Signalling;

/// <summary>What a server has told a client in its offer.</summary>
/// <param name="Slots">Streams that it will send.</param>
/// <param name="Csrc">By which it names the client to others.</param>
internal sealed record ServerMedia(IceCredentials Ice, TransportAddress Address, Fingerprint Fingerprint, int Slots, uint Csrc);
