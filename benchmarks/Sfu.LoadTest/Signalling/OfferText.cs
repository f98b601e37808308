using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Sfu.Dtls;
using Sfu.Ice;
using Sfu.Net;

namespace Sfu.LoadTest.Signalling;

/// <summary>Reads what a client needs of the server's offer.</summary>
internal static class OfferText
{
    private const string Candidate = "a=candidate:";
    private const string Source = "a=ssrc:";

    // Of a candidate: foundation, component, transport, priority, address, port.
    private const int TransportField = 2;
    private const int AddressField = 4;
    private const int PortField = 5;

    /// <exception cref="SignallingException">Something is missing.</exception>
    public static ServerMedia Read(string sdp, uint? csrc)
    {
        string[] lines = sdp.Split("\r\n");
        TransportAddress address = lines.Where(line => line.StartsWith(Candidate, StringComparison.Ordinal)).Select(AddressOf).FirstOrDefault(found => !found.IsEmpty);
        if (address.IsEmpty)
            throw new SignallingException("The offer has no UDP candidate with an IPv4 address");
        if (!Fingerprint.TryParse(Value(lines, "a=fingerprint:"), out Fingerprint? fingerprint))
            throw new SignallingException("The offer has no fingerprint");
        if (!uint.TryParse(Value(lines, Source).Split(' ')[0], CultureInfo.InvariantCulture, out uint ssrc))
            throw new SignallingException("The offer has an SSRC that is no number");
        // A section that only receives, a microphone's, is no slot and has no SSRC.
        int slots = lines.Count(line => line == "a=sendonly");
        return new ServerMedia(new IceCredentials(Value(lines, "a=ice-ufrag:"), Value(lines, "a=ice-pwd:")), address, fingerprint!, slots, ssrc, csrc);
    }

    private static string Value(string[] lines, string prefix) =>
        lines.FirstOrDefault(line => line.StartsWith(prefix, StringComparison.Ordinal))?[prefix.Length..]
        ?? throw new SignallingException($"The offer has no {prefix}");

    private static TransportAddress AddressOf(string candidate)
    {
        string[] fields = candidate.Split(' ');
        return fields.Length > PortField
            && fields[TransportField].Equals("udp", StringComparison.OrdinalIgnoreCase)
            && IPAddress.TryParse(fields[AddressField], out IPAddress? address)
            && address.AddressFamily == AddressFamily.InterNetwork
            && ushort.TryParse(fields[PortField], CultureInfo.InvariantCulture, out ushort port)
                ? TransportAddress.From(new IPEndPoint(address, port))
                : default;
    }
}
