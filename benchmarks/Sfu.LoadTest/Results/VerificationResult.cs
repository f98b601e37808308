namespace Sfu.LoadTest.Results;

/// <summary>What was decrypted and what was found.</summary>
/// <param name="Authenticated">Packets that were decrypted.</param>
/// <param name="Compared">Of those, how many were compared byte for byte with what their speaker sent.</param>
/// <param name="ListenersInFull">Listeners whose every packet was decrypted and compared.</param>
/// <param name="AuthenticationFailures">Packets that did not decrypt.</param>
/// <param name="Mismatches">Packets whose payload is not what was sent.</param>
public sealed record VerificationResult(long Authenticated, long Compared, int ListenersInFull, long AuthenticationFailures, long Mismatches);
