using Sfu.Dtls;
using Sfu.Ice;

namespace Sfu.Sdp;

/// <summary>What differs from one offer or answer of ours to the next; everything else is the template's.</summary>
/// <param name="SessionId">The same in all that one peer connection gets, below 2^63 (RFC 9429 5.2.1).</param>
/// <param name="Version">One more each time (RFC 9429 5.2.2).</param>
/// <param name="Ice">Ours.</param>
/// <param name="Fingerprint">Of our certificate.</param>
/// <param name="Candidates">At least one.</param>
/// <param name="Slots">Of the room, 1..<see cref="Slots.MediaConstants.MaxSlots"/>.</param>
public sealed record DescriptionParameters(
    ulong SessionId,
    int Version,
    IceCredentials Ice,
    Fingerprint Fingerprint,
    IReadOnlyList<IceCandidate> Candidates,
    int Slots)
{
    public OpusParameters Opus { get; init; } = OpusParameters.Voice;
}
