using System.Text.Json;

namespace Sfu.Signalling.Auth;

/// <param name="Outcome">Why there is no payload, or that there is.</param>
/// <param name="KeyId">Of the key that signed.</param>
/// <param name="Payload">A JSON object; the receiver disposes of it.</param>
internal readonly record struct SignedPayload(TokenOutcome Outcome, string KeyId, JsonDocument? Payload)
{
    public static implicit operator SignedPayload(TokenOutcome failure) => new(failure, "", null);
}
