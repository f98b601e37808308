using System.Globalization;

namespace Sfu.Signalling.IceServers;

/// <summary>Addresses of STUN and TURN servers (RFC 7064 3.1, RFC 7065 3.1).</summary>
internal static class IceServerUrl
{
    private const string TransportQuery = "?transport=";

    public static bool IsRelay(string url) => url.StartsWith("turn:", StringComparison.Ordinal) || url.StartsWith("turns:", StringComparison.Ordinal);

    public static bool IsValid(string url)
    {
        int colon = url.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0 || url[..colon] is not ("stun" or "stuns" or "turn" or "turns"))
            return false;

        string place = url[(colon + 1)..];
        int query = place.IndexOf('?', StringComparison.Ordinal);
        if (query < 0)
            return IsPlace(place);

        // RFC 7065 has a query, RFC 7064 has none.
        return IsRelay(url) && place[query..] is TransportQuery + "udp" or TransportQuery + "tcp" && IsPlace(place[..query]);
    }

    private static bool IsPlace(string place)
    {
        int end = place.StartsWith('[') ? place.IndexOf(']', StringComparison.Ordinal) + 1 : place.IndexOf(':', StringComparison.Ordinal);
        if (end < 0)
            end = place.Length;
        string host = place[..end];
        if (Uri.CheckHostName(host) == UriHostNameType.Unknown)
            return false;

        string rest = place[end..];
        return rest.Length == 0
            || (rest[0] == ':' && ushort.TryParse(rest.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out ushort port) && port > 0);
    }
}
