using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Sfu.Signalling.Webhooks;

/// <summary>Proves that a body is ours and when it was sent: HMAC-SHA256 over <c>seconds.body</c>.</summary>
/// <remarks>
/// The keys sign tokens too. Neither can be taken for the other: what a token signs has base64url after its dot
/// (RFC 7515 5.1), a body begins with a brace.
/// </remarks>
internal static class WebhookSignature
{
    public const string Header = "Sfu-Signature";

    /// <returns>Such as <c>t=1764032400,v1=9f86d0…</c>, in lower-case hexadecimal.</returns>
    public static string Sign(ReadOnlySpan<byte> secret, DateTimeOffset now, ReadOnlySpan<byte> body)
    {
        string seconds = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, secret);
        hmac.AppendData(Encoding.ASCII.GetBytes(seconds));
        hmac.AppendData("."u8);
        hmac.AppendData(body);
        return $"t={seconds},v1={Convert.ToHexStringLower(hmac.GetHashAndReset())}";
    }
}
