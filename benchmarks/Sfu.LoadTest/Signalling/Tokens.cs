using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Sfu.LoadTest.Signalling;

/// <summary>Where tokens come from: signed here where the secret is known, else from a development server. Any thread.</summary>
/// <param name="secret">As in the server's configuration; null for a development server.</param>
internal sealed class Tokens(HttpClient http, Uri server, string keyId, string? secret)
{
    private const string Base64Prefix = "base64:";

    private static readonly TimeSpan Validity = TimeSpan.FromHours(1);

    private readonly SigningCredentials? _credentials = secret is null ? null : Credentials(keyId, secret);
    private readonly JsonWebTokenHandler _handler = new() { SetDefaultTimesOnTokenCreation = false };

    /// <exception cref="SignallingException">The server gives none.</exception>
    public async Task<string> GetAsync(string identity, string room, string role, CancellationToken cancellation)
    {
        if (_credentials is not null)
        {
            var claims = new JsonObject
            {
                ["sub"] = identity,
                ["room"] = room,
                ["role"] = role,
                ["exp"] = (DateTimeOffset.UtcNow + Validity).ToUnixTimeSeconds(),
            };
            return _handler.CreateToken(claims.ToJsonString(), _credentials);
        }

        var request = new JsonObject { ["room"] = room, ["identity"] = identity, ["role"] = role };
        try
        {
            // The server wants to know the length, so the body is made first.
            using var body = new StringContent(request.ToJsonString(), Encoding.UTF8, "application/json");
            using HttpResponseMessage response = await http.PostAsync(new Uri(server, "/dev/token"), body, cancellation);
            if (!response.IsSuccessStatusCode)
                throw new SignallingException($"/dev/token answers {(int)response.StatusCode}; a server with keys needs --token-key and --token-secret");
            JsonElement answer = await response.Content.ReadFromJsonAsync<JsonElement>(cancellation);
            return answer.GetProperty("token").GetString()!;
        }
        catch (HttpRequestException e)
        {
            throw new SignallingException($"/dev/token cannot be reached: {e.Message}", e);
        }
    }

    private static SigningCredentials Credentials(string keyId, string secret)
    {
        byte[] bytes = secret.StartsWith(Base64Prefix, StringComparison.Ordinal)
            ? Convert.FromBase64String(secret[Base64Prefix.Length..])
            : Encoding.UTF8.GetBytes(secret);
        return new SigningCredentials(new SymmetricSecurityKey(bytes) { KeyId = keyId }, SecurityAlgorithms.HmacSha256);
    }
}
