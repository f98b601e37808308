using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using Sfu.Rooms;
using Sfu.Signalling.Auth;
using Sfu.Signalling.Messages;
using Sfu.Signalling.Tests.Support;

namespace Sfu.Signalling.Tests.Auth;

public sealed class TokenVerifierTests
{
    private static readonly DateTimeOffset Now = new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider _time = new(Now);
    private readonly TestToken _good = TestToken.For("lobby", "ada", "speaker", Now);

    private TokenVerifier Verifier => new(
        KeyRing.Of((TestToken.KeyId, Encoding.UTF8.GetBytes(TestToken.Secret)), ("next", Encoding.UTF8.GetBytes(new string('n', 40)))),
        _time);

    [Fact]
    public async Task A_good_token_says_who_and_where_and_as_what()
    {
        TokenResult result = await Verifier.VerifyAsync(_good.With("name", "Ada L.").ToString(), "lobby");

        Assert.Equal(new TokenClaims("ada", "lobby", Role.Speaker, "Ada L."), result.Claims);
    }

    [Theory]
    [InlineData("audience", Role.Audience)]
    [InlineData("speaker", Role.Speaker)]
    [InlineData("moderator", Role.Moderator)]
    public async Task Each_role_is_known(string text, object role)
    {
        TokenResult result = await Verifier.VerifyAsync(_good.With("role", text).ToString(), "lobby");

        Assert.Equal(role, result.Claims!.Role);
        Assert.Null(result.Claims.Name);
    }

    [Fact]
    public async Task Several_keys_are_valid_at_once() =>
        Assert.Equal(TokenOutcome.Valid, await OutcomeOf(_good with { Kid = "next", Key = new string('n', 40) }));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public async Task No_token_is_missing(string? token) =>
        Assert.Equal(TokenOutcome.Missing, (await Verifier.VerifyAsync(token, "lobby")).Outcome);

    [Theory]
    [InlineData("x")]
    [InlineData("a.b.c")]
    [InlineData("..")]
    [InlineData("eyJhbGciOiJIUzI1NiJ9.e30")]
    [InlineData("eyJhbGciOiJIUzI1NiJ9.!!!!.AAAA")]
    [InlineData("a.b.c.d.e")]
    public async Task What_is_no_JWT_is_malformed(string token) =>
        Assert.Equal(TokenOutcome.Malformed, (await Verifier.VerifyAsync(token, "lobby")).Outcome);

    [Fact]
    public async Task A_token_that_is_too_long_is_malformed() =>
        Assert.Equal(TokenOutcome.Malformed, await OutcomeOf(_good.With("padding", new string('x', TokenVerifier.MaxTokenLength))));

    [Theory]
    [InlineData("none")]
    [InlineData("HS384")]
    [InlineData("HS512")]
    [InlineData("RS256")]
    [InlineData("hs256")]
    public async Task Only_HS256_is_taken(string algorithm) =>
        Assert.Equal(TokenOutcome.BadAlgorithm, await OutcomeOf(_good with { Algorithm = algorithm }));

    [Theory]
    [InlineData("other")]
    [InlineData("MAIN")]
    [InlineData("")]
    [InlineData(null)]
    public async Task A_key_that_nobody_configured_is_unknown(string? kid) =>
        Assert.Equal(TokenOutcome.UnknownKey, await OutcomeOf(_good with { Kid = kid }));

    [Fact]
    public async Task Another_secret_makes_a_bad_signature() =>
        Assert.Equal(TokenOutcome.BadSignature, await OutcomeOf(_good with { Key = new string('y', 32) }));

    [Fact]
    public async Task A_claim_that_was_changed_makes_a_bad_signature()
    {
        string[] parts = _good.ToString().Split('.');
        string[] others = _good.With("role", "moderator").ToString().Split('.');

        Assert.Equal(TokenOutcome.BadSignature, (await Verifier.VerifyAsync($"{parts[0]}.{others[1]}.{parts[2]}", "lobby")).Outcome);
    }

    [Fact]
    public async Task A_token_without_signature_is_not_taken()
    {
        string[] parts = _good.ToString().Split('.');

        Assert.NotEqual(TokenOutcome.Valid, (await Verifier.VerifyAsync($"{parts[0]}.{parts[1]}.", "lobby")).Outcome);
    }

    [Fact]
    public async Task A_token_without_expiry_is_refused() =>
        Assert.Equal(TokenOutcome.NoExpiry, await OutcomeOf(_good.Without("exp")));

    [Theory]
    [InlineData(604, TokenOutcome.Valid)]
    [InlineData(605, TokenOutcome.Expired)]
    public async Task A_token_expires_five_seconds_after_its_time(int seconds, object outcome)
    {
        _time.Advance(TimeSpan.FromSeconds(seconds));

        Assert.Equal(outcome, await OutcomeOf(_good));
    }

    [Theory]
    [InlineData(5, TokenOutcome.Valid)]
    [InlineData(6, TokenOutcome.NotYetValid)]
    public async Task A_token_is_valid_five_seconds_before_its_time(int seconds, object outcome) =>
        Assert.Equal(outcome, await OutcomeOf(_good.With("nbf", Now.ToUnixTimeSeconds() + seconds)));

    [Theory]
    [InlineData("exp", "\"tomorrow\"")]
    [InlineData("exp", "1e999")]
    [InlineData("nbf", "true")]
    [InlineData("sub", "7")]
    [InlineData("room", "[\"lobby\"]")]
    [InlineData("role", "{}")]
    [InlineData("name", "1")]
    [InlineData("name", "\"a\\u0000b\"")]
    public async Task A_claim_of_a_wrong_type_is_malformed_and_not_converted(string claim, string json) =>
        Assert.Equal(TokenOutcome.Malformed, await OutcomeOf(_good.With(claim, JsonNode.Parse(json))));

    [Fact]
    public async Task An_identity_is_needed()
    {
        Assert.Equal(TokenOutcome.NoIdentity, await OutcomeOf(_good.Without("sub")));
        Assert.Equal(TokenOutcome.NoIdentity, await OutcomeOf(_good.With("sub", "")));
        Assert.Equal(TokenOutcome.NoIdentity, await OutcomeOf(_good.With("sub", new string('s', Bounds.Identity + 1))));
        Assert.Equal(TokenOutcome.NoIdentity, await OutcomeOf(_good.With("sub", "a\nb")));
    }

    [Fact]
    public async Task A_room_is_needed()
    {
        Assert.Equal(TokenOutcome.NoRoom, await OutcomeOf(_good.Without("room")));
        Assert.Equal(TokenOutcome.NoRoom, await OutcomeOf(_good.With("room", "")));
    }

    [Fact]
    public async Task A_token_opens_no_other_room() =>
        Assert.Equal(TokenOutcome.WrongRoom, (await Verifier.VerifyAsync(_good.ToString(), "Lobby")).Outcome);

    [Fact]
    public async Task A_role_is_needed()
    {
        Assert.Equal(TokenOutcome.NoRole, await OutcomeOf(_good.Without("role")));
        Assert.Equal(TokenOutcome.NoRole, await OutcomeOf(_good.With("role", "admin")));
    }

    [Fact]
    public async Task What_the_issuer_signs_is_taken()
    {
        KeyRing keys = KeyRing.CreateDevelopment();
        var claims = new TokenClaims("ada", "lobby", Role.Moderator, "Ada") { IssuedAt = Now };

        TokenResult result = await new TokenVerifier(keys, _time).VerifyAsync(new TokenIssuer(keys, _time).Issue(claims), "lobby");

        Assert.Equal(claims, result.Claims);
    }

    [Fact]
    public void Each_outcome_has_an_error_of_its_own()
    {
        TokenOutcome[] failures = [.. Enum.GetValues<TokenOutcome>().Where(o => o != TokenOutcome.Valid)];

        ProtocolError[] errors = [.. failures.Select(Errors.Token)];

        Assert.Equal(failures.Length, errors.DistinctBy(e => e.Code).Count());
        Assert.All(errors, e => Assert.True(e.Fatal && e.Status is 401 or 403 && e.CloseCode == 4000 + e.Status));
    }

    private async Task<TokenOutcome> OutcomeOf(TestToken token) => (await Verifier.VerifyAsync(token.ToString(), "lobby")).Outcome;
}
