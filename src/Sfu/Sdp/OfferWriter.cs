using System.Runtime.CompilerServices;
using System.Text;
using Sfu.Slots;

namespace Sfu.Sdp;

/// <summary>The one offer that all clients get (RFC 8866, RFC 8843, RFC 9429): mid 0 is the microphone, mids 1..K are the slots.</summary>
/// <remarks>
/// Every section repeats transport attributes and candidates, although the first would do for a bundle: which section a
/// client takes them from differs (one rejects the microphone, another reads the last section).
/// </remarks>
public static class OfferWriter
{
    /// <summary>The CNAME of all slots (RFC 3550 6.5.1); the same in the SDES that goes with their sender reports.</summary>
    public const string Cname = "sfu";

    internal const string AudioLevelUri = "urn:ietf:params:rtp-hdrext:ssrc-audio-level";
    internal const int MicrophoneMid = 0;

    /// <summary>No port before ICE found one (RFC 8829 5.2.1: the discard port).</summary>
    private const int NoPort = 9;

    private const string NewLine = "\r\n";

    /// <summary>Characters; enough for the usual number of candidates.</summary>
    private const int SessionCapacity = 256;
    private const int SectionCapacity = 640;

    /// <returns>SDP with CRLF line ends.</returns>
    public static string Write(OfferParameters parameters)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(parameters.Slots, 1, nameof(parameters));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(parameters.Slots, MediaConstants.MaxSlots, nameof(parameters));

        var sdp = new StringBuilder(SessionCapacity + (parameters.Slots + 1) * SectionCapacity);
        WriteSession(sdp, parameters);
        WriteHead(sdp, MicrophoneMid);
        int start = sdp.Length;
        WriteTransportAndCodecs(sdp, parameters);
        string common = sdp.ToString(start, sdp.Length - start);
        Line(sdp, "a=recvonly");
        for (int slot = 0; slot < parameters.Slots; slot++)
        {
            int mid = slot + 1;
            WriteHead(sdp, mid);
            sdp.Append(common);
            Line(sdp, "a=sendonly");
            Line(sdp, $"a=msid:slot{mid} slot{mid}");
            Line(sdp, $"a=ssrc:{MediaConstants.SlotSsrc(slot)} cname:{Cname}");
        }

        return sdp.ToString();
    }

    private static void WriteSession(StringBuilder sdp, OfferParameters parameters)
    {
        Line(sdp, "v=0");
        Line(sdp, $"o=- {parameters.SessionId} {parameters.Version} IN IP4 127.0.0.1");
        Line(sdp, "s=-");
        Line(sdp, "t=0 0");
        Line(sdp, "a=ice-lite");
        // The server needs no candidates of the client, so a client may answer before it has gathered any.
        Line(sdp, "a=ice-options:trickle");
        Line(sdp, $"a=group:BUNDLE {string.Join(' ', Enumerable.Range(MicrophoneMid, parameters.Slots + 1))}");
        Line(sdp, "a=msid-semantic: WMS *");
        Line(sdp, "a=extmap-allow-mixed");
    }

    private static void WriteHead(StringBuilder sdp, int mid)
    {
        Line(sdp, $"m=audio {NoPort} UDP/TLS/RTP/SAVPF {MediaConstants.OpusPayloadType} {MediaConstants.RedPayloadType}");
        Line(sdp, "c=IN IP4 0.0.0.0");
        Line(sdp, $"a=mid:{mid}");
    }

    /// <summary>The same in all sections of one offer.</summary>
    private static void WriteTransportAndCodecs(StringBuilder sdp, OfferParameters parameters)
    {
        const byte Opus = MediaConstants.OpusPayloadType;
        const byte Red = MediaConstants.RedPayloadType;
        Line(sdp, $"a=ice-ufrag:{parameters.Ice.UsernameFragment}");
        Line(sdp, $"a=ice-pwd:{parameters.Ice.Password}");
        Line(sdp, $"a=fingerprint:{parameters.Fingerprint}");
        Line(sdp, "a=setup:actpass");
        Line(sdp, "a=rtcp-mux");
        Line(sdp, $"a=rtpmap:{Opus} opus/{MediaConstants.ClockRate}/2");
        Line(sdp, $"a=fmtp:{Opus} {parameters.Opus}");
        Line(sdp, $"a=rtpmap:{Red} red/{MediaConstants.ClockRate}/2");
        Line(sdp, $"a=fmtp:{Red} {Opus}/{Opus}");
        Line(sdp, $"a=extmap:{MediaConstants.AudioLevelExtensionId} {AudioLevelUri}");
        foreach (Ice.IceCandidate candidate in parameters.Candidates)
            Line(sdp, $"a=candidate:{candidate}");
        Line(sdp, "a=end-of-candidates");
    }

    private static void Line(StringBuilder sdp, string line) => sdp.Append(line).Append(NewLine);

    /// <summary>Writes the parts straight into <paramref name="sdp"/>: joins come by the thousand, and a string for each line was a third of what one left to the collector.</summary>
    private static void Line(
        StringBuilder sdp, [InterpolatedStringHandlerArgument(nameof(sdp))] ref StringBuilder.AppendInterpolatedStringHandler line) =>
        sdp.Append(ref line).Append(NewLine);
}
