using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.Tokens;
using Sfu.Signalling.Options;

namespace Sfu.Signalling.Auth;

/// <summary>The secrets that sign tokens, by key id; several at once, so that a key can be changed without a gap.</summary>
/// <remarks>Thread-safe: <see cref="Replace"/> swaps all keys at once.</remarks>
internal sealed class KeyRing
{
    public const int LeastSecretBytes = 32;
    public const string DevelopmentKeyId = "dev";
    private const string Base64Prefix = "base64:";
    private const int MaxKeyIdLength = 64;

    private volatile Dictionary<string, SymmetricSecurityKey> _keys = new(StringComparer.Ordinal);

    /// <summary>True when nobody configured a key; the server then may sign tokens for its own page.</summary>
    public bool IsDevelopment { get; private init; }

    public IReadOnlyCollection<string> KeyIds => _keys.Keys;

    public static KeyRing CreateDevelopment()
    {
        var ring = new KeyRing { IsDevelopment = true };
        ring.Add(DevelopmentKeyId, RandomNumberGenerator.GetBytes(LeastSecretBytes));
        return ring;
    }

    public static KeyRing Of(params ReadOnlySpan<(string KeyId, byte[] Secret)> keys)
    {
        var ring = new KeyRing();
        foreach ((string keyId, byte[] secret) in keys)
            ring.Add(keyId, secret);
        return ring;
    }

    /// <summary>Error texts name keys by their id and never show a secret.</summary>
    public static KeyRing Read(SettingsReader reader)
    {
        var ring = new KeyRing();
        foreach (string keyId in reader.Section.GetChildren().Select(child => child.Key))
        {
            if (keyId.Length > MaxKeyIdLength)
                reader.Fail(keyId, $"has an id of more than {MaxKeyIdLength} characters.");
            if (!TryReadSecret(reader.Text(keyId) ?? "", out byte[] secret))
                reader.Fail(keyId, $"starts with {Base64Prefix} and is not base64.");
            else if (secret.Length < LeastSecretBytes)
                reader.Fail(keyId, $"has {secret.Length} bytes; a secret needs at least {LeastSecretBytes}.");
            else
                ring.Add(keyId, secret);
        }

        return ring;
    }

    public bool TryFind(string keyId, out SymmetricSecurityKey? key) => _keys.TryGetValue(keyId, out key);

    /// <summary>From now on the other's keys and no others.</summary>
    public void Replace(KeyRing other) => _keys = other._keys;

    /// <summary>While the ring is being made.</summary>
    private void Add(string keyId, byte[] secret) => _keys.Add(keyId, new SymmetricSecurityKey(secret) { KeyId = keyId });

    private static bool TryReadSecret(string text, out byte[] secret)
    {
        secret = [];
        if (!text.StartsWith(Base64Prefix, StringComparison.Ordinal))
        {
            secret = Encoding.UTF8.GetBytes(text);
            return true;
        }

        try
        {
            secret = Convert.FromBase64String(text[Base64Prefix.Length..]);
            return true;
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
