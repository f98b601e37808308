using System.Runtime.CompilerServices;
using System.Text;
using Sfu.Dtls;
using Sfu.Ice;
using Sfu.Slots;

namespace Sfu.Sdp;

/// <summary>What our offers, answers and fragments are written with: lines that end in CRLF (RFC 8866 section 5).</summary>
internal static class SdpText
{
    /// <summary>No port before ICE found one (RFC 8829 5.2.1: the discard port).</summary>
    public const int NoPort = 9;

    private const string NewLine = "\r\n";

    public static void Line(this StringBuilder sdp, string line) => sdp.Append(line).Append(NewLine);

    /// <summary>Writes the parts straight into <paramref name="sdp"/>: joins come by the thousand, and a string for each line was a third of what one left to the collector.</summary>
    public static void Line(
        this StringBuilder sdp, [InterpolatedStringHandlerArgument(nameof(sdp))] ref StringBuilder.AppendInterpolatedStringHandler line) =>
        sdp.Append(ref line).Append(NewLine);

    /// <summary>The lines before those that offer and answer differ in.</summary>
    public static void Origin(this StringBuilder sdp, DescriptionParameters parameters)
    {
        sdp.Line("v=0");
        sdp.Line($"o=- {parameters.SessionId} {parameters.Version} IN IP4 127.0.0.1");
        sdp.Line("s=-");
        sdp.Line("t=0 0");
        sdp.IceOptions();
    }

    public static void IceOptions(this StringBuilder sdp)
    {
        sdp.Line("a=ice-lite");
        // The server needs no candidates of the client, so a client may answer before it has gathered any.
        sdp.Line("a=ice-options:trickle");
    }

    public static void Credentials(this StringBuilder sdp, IceCredentials ice)
    {
        sdp.Line($"a=ice-ufrag:{ice.UsernameFragment}");
        sdp.Line($"a=ice-pwd:{ice.Password}");
    }

    /// <param name="setup">Who starts the DTLS handshake (RFC 4145 section 4).</param>
    public static void Transport(this StringBuilder sdp, IceCredentials ice, Fingerprint fingerprint, string setup)
    {
        sdp.Credentials(ice);
        sdp.Line($"a=fingerprint:{fingerprint}");
        sdp.Line($"a=setup:{setup}");
        sdp.Line("a=rtcp-mux");
    }

    /// <summary>A payload type as which packets of another are sent again (RFC 4588 8.6); nothing when there is none.</summary>
    public static void Rtx(this StringBuilder sdp, byte? payloadType, byte? associated)
    {
        if (payloadType is null)
            return;
        sdp.Line($"a=rtpmap:{payloadType} rtx/{MediaConstants.ClockRate}");
        sdp.Line($"a=fmtp:{payloadType} apt={associated}");
    }

    /// <summary>The stream of a slot and, where packets are sent again on a stream of their own, that one as well (RFC 5576 4.2, RFC 4588 8.3).</summary>
    public static void SlotStream(this StringBuilder sdp, int slot, bool rtx)
    {
        int mid = slot + 1;
        sdp.Line($"a=msid:slot{mid} slot{mid}");
        if (rtx)
            sdp.Line($"a=ssrc-group:FID {MediaConstants.SlotSsrc(slot)} {MediaConstants.RtxSsrc(slot)}");
        sdp.Line($"a=ssrc:{MediaConstants.SlotSsrc(slot)} cname:{OfferWriter.Cname}");
        if (rtx)
            sdp.Line($"a=ssrc:{MediaConstants.RtxSsrc(slot)} cname:{OfferWriter.Cname}");
    }

    /// <summary>All there are.</summary>
    public static void Candidates(this StringBuilder sdp, IReadOnlyList<IceCandidate> candidates)
    {
        foreach (IceCandidate candidate in candidates)
            sdp.Line($"a=candidate:{candidate}");
        sdp.Line("a=end-of-candidates");
    }
}
