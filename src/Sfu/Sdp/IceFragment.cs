using Sfu.Ice;

namespace Sfu.Sdp;

/// <summary>What a client tells by <c>application/trickle-ice-sdpfrag</c> (RFC 8840) after its offer; a lite agent has no use for its candidates.</summary>
/// <param name="Ice">The client's; null when the fragment states none.</param>
public sealed record IceFragment(IceCredentials? Ice);
