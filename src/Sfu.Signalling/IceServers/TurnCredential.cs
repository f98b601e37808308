using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Sfu.Signalling.IceServers;

/// <summary>Short-lived credentials of coturn's REST scheme (draft-uberti-behave-turn-rest-00): the server keeps no accounts, only a secret.</summary>
internal static class TurnCredential
{
    /// <param name="secret">That of the TURN server.</param>
    /// <param name="identity">Named in the TURN server's log.</param>
    /// <param name="expiry">From then on the TURN server refuses it.</param>
    public static (string Username, string Credential) Create(string secret, string identity, DateTimeOffset expiry)
    {
        string username = $"{expiry.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)}:{identity}";
#pragma warning disable CA5350 // What TURN servers compute; HMAC does not need SHA-1 to be free of collisions.
        byte[] credential = HMACSHA1.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(username));
#pragma warning restore CA5350
        return (username, Convert.ToBase64String(credential));
    }
}
