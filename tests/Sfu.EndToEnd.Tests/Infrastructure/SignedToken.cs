using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Sfu.EndToEnd.Tests;

/// <summary>Tokens as a backend signs them (RFC 7519, HS256), for a server that is no development server.</summary>
internal static class SignedToken
{
    /// <summary>The setting that makes the server know the key.</summary>
    public static readonly string Setting = $"Sfu:Keys:{Key}={Secret}";

    private const string Key = "main";
    private const string Secret = "a secret of at least thirty-two bytes";

    private static readonly TimeSpan Validity = TimeSpan.FromMinutes(10);

    public static string Of(string room, string identity, string role)
    {
        long exp = (DateTimeOffset.UtcNow + Validity).ToUnixTimeSeconds();
        string signed = $"{Encode(new { alg = "HS256", typ = "JWT", kid = Key })}.{Encode(new { sub = identity, room, role, exp })}";
        byte[] signature = HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes(signed));
        return $"{signed}.{Base64Url.EncodeToString(signature)}";
    }

    private static string Encode<T>(T part) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(part));
}
