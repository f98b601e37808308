using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Sfu.Signalling.Tests.Support;

/// <summary>Signs a JWT by hand, as the protocol page says, so that nothing of the product checks itself.</summary>
internal sealed record TestToken
{
    public const string KeyId = "main";
    public const string Secret = "0123456789abcdef0123456789abcdef";

    public string? Algorithm { get; init; } = "HS256";

    public string? Kid { get; init; } = KeyId;

    public string Key { get; init; } = Secret;

    public JsonObject Claims { get; init; } = [];

    /// <summary>A valid token for the room.</summary>
    public static TestToken For(string room, string identity, string role = "audience", DateTimeOffset? now = null) => new()
    {
        Claims = new JsonObject
        {
            ["sub"] = identity,
            ["room"] = room,
            ["role"] = role,
            ["exp"] = (now ?? DateTimeOffset.UtcNow).ToUnixTimeSeconds() + 600,
        },
    };

    public TestToken With(string claim, JsonNode? value)
    {
        var claims = (JsonObject)Claims.DeepClone();
        claims[claim] = value;
        return this with { Claims = claims };
    }

    public TestToken Without(string claim)
    {
        var claims = (JsonObject)Claims.DeepClone();
        claims.Remove(claim);
        return this with { Claims = claims };
    }

    public override string ToString()
    {
        var header = new JsonObject { ["typ"] = "JWT" };
        if (Algorithm is not null)
            header["alg"] = Algorithm;
        if (Kid is not null)
            header["kid"] = Kid;
        string text = $"{Encode(header.ToJsonString())}.{Encode(Claims.ToJsonString())}";
        string signature = Algorithm == "none"
            ? ""
            : Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Key), Encoding.ASCII.GetBytes(text)));
        return $"{text}.{signature}";
    }

    private static string Encode(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));
}
