namespace Sfu.Signalling.Auth;

/// <param name="Outcome">Why there is no caller, or that there is.</param>
/// <param name="Caller">Set when the outcome is <see cref="TokenOutcome.Valid"/>.</param>
internal readonly record struct ApiTokenResult(TokenOutcome Outcome, ApiCaller? Caller)
{
    public static implicit operator ApiTokenResult(TokenOutcome failure) => new(failure, null);
}
