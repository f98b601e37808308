namespace Sfu.Signalling.Auth;

/// <param name="Outcome">Why there are no claims, or that there are.</param>
/// <param name="Claims">Set when the outcome is <see cref="TokenOutcome.Valid"/>.</param>
internal readonly record struct TokenResult(TokenOutcome Outcome, TokenClaims? Claims)
{
    public static implicit operator TokenResult(TokenOutcome failure) => new(failure, null);
}
