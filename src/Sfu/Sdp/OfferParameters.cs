using Sfu.Dtls;
using Sfu.Ice;

namespace Sfu.Sdp;

/// <summary>What differs from one offer to the next; everything else is the template's.</summary>
/// <param name="SessionId">The same in all offers to one peer connection, below 2^63 (RFC 9429 5.2.1).</param>
/// <param name="Version">One more with each offer to the same peer connection (RFC 9429 5.2.2).</param>
/// <param name="Ice">Ours.</param>
/// <param name="Fingerprint">Of our certificate.</param>
/// <param name="Candidates">At least one.</param>
/// <param name="Slots">1..<see cref="Slots.MediaConstants.MaxSlots"/>.</param>
public sealed record OfferParameters(
    ulong SessionId,
    int Version,
    IceCredentials Ice,
    Fingerprint Fingerprint,
    IReadOnlyList<IceCandidate> Candidates,
    int Slots)
{
    public OpusParameters Opus { get; init; } = OpusParameters.Voice;
}
