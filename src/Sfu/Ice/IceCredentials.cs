using System.Security.Cryptography;

namespace Sfu.Ice;

/// <summary>The user name fragment and password of one side and one ICE generation (RFC 8445 5.3).</summary>
/// <param name="UsernameFragment">4 to 256 ice-chars.</param>
/// <param name="Password">22 to 256 ice-chars.</param>
public sealed record IceCredentials(string UsernameFragment, string Password)
{
    /// <summary>64 of them (RFC 8839 5.1).</summary>
    internal const string IceChars = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    /// <summary>48 bits of fragment, 144 bits of password; RFC 8445 asks for at least 24 and 128.</summary>
    public static IceCredentials Create() =>
        new(RandomNumberGenerator.GetString(IceChars, 8), RandomNumberGenerator.GetString(IceChars, 24));

    /// <summary>Hides the password, which must not reach a log.</summary>
    public override string ToString() => $"ufrag {UsernameFragment}";
}
