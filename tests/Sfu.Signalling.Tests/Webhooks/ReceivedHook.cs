using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Sfu.Signalling.Tests.Webhooks;

/// <summary>A request as a receiver has it, checked as the page says and with nothing of the product.</summary>
internal sealed record ReceivedHook(string Id, string Type, string Signature, string KeyId, string Body)
{
    private const int ToleranceSeconds = 300;

    public JsonObject Json => JsonNode.Parse(Body)!.AsObject();

    public bool IsGenuine(string secret, DateTimeOffset now)
    {
        Dictionary<string, string> parts = Signature.Split(',').Select(part => part.Split('=', 2)).ToDictionary(part => part[0], part => part[1]);
        long seconds = long.Parse(parts["t"], CultureInfo.InvariantCulture);
        byte[] expected = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{parts["t"]}.{Body}"));
        return Math.Abs(now.ToUnixTimeSeconds() - seconds) <= ToleranceSeconds
            && CryptographicOperations.FixedTimeEquals(expected, Convert.FromHexString(parts["v1"]));
    }
}
