using System.Text;
using Sfu.Slots;

namespace Sfu.Sdp;

/// <summary>Answers a client's own offer (RFC 3264 section 6, RFC 8843, RFC 9725 section 4): its sections in its order, with its numbers.</summary>
public static class AnswerWriter
{
    /// <summary>Characters; enough for a section with the usual number of candidates.</summary>
    private const int Capacity = 1_024;

    /// <returns>SDP with CRLF line ends.</returns>
    public static string Write(DescriptionParameters parameters, ClientOffer offer)
    {
        var sdp = new StringBuilder(Capacity);
        int taken = offer.Taken(parameters.Slots);
        WriteSession(sdp, parameters, offer, taken);
        int slot = 0;
        foreach (OfferedSection section in offer.Sections)
        {
            if (section.IsUsable && slot < taken)
                WriteTaken(sdp, parameters, offer, section, slot++);
            else
                WriteRejected(sdp, section);
        }

        return sdp.ToString();
    }

    private static void WriteSession(StringBuilder sdp, DescriptionParameters parameters, ClientOffer offer, int taken)
    {
        sdp.Origin(parameters);
        string[] bundled = [.. offer.Sections.Where(section => section.IsUsable).Take(taken).Where(section => section.IsBundled).Select(section => section.Mid!)];
        if (bundled.Length > 0)
            sdp.Line($"a=group:BUNDLE {string.Join(' ', bundled)}");
        sdp.Line("a=msid-semantic: WMS *");
    }

    private static void WriteTaken(StringBuilder sdp, DescriptionParameters parameters, ClientOffer offer, OfferedSection section, int slot)
    {
        byte opus = offer.OpusPayloadType;
        bool publishes = offer.Purpose == OfferPurpose.Publish;
        byte? red = offer.RedFor(parameters.Slots);
        byte? opusRtx = offer.OpusRtx;
        byte? redRtx = offer.RedRtxFor(parameters.Slots);

        sdp.Append($"m={section.Kind} {SdpText.NoPort} {section.Protocol} {opus}");
        foreach (byte? payloadType in (ReadOnlySpan<byte?>)[red, opusRtx, redRtx])
            sdp.Append(payloadType is null ? "" : $" {payloadType}");
        sdp.Line("");
        sdp.Line("c=IN IP4 0.0.0.0");
        WriteMid(sdp, section);
        sdp.Transport(parameters.Ice, parameters.Fingerprint, "passive");
        sdp.Line($"a=rtpmap:{opus} opus/{MediaConstants.ClockRate}/2");
        sdp.Line($"a=fmtp:{opus} {parameters.Opus}");
        if (offer.Nack)
            sdp.Line($"a=rtcp-fb:{opus} nack");
        if (red is not null)
        {
            sdp.Line($"a=rtpmap:{red} red/{MediaConstants.ClockRate}/2");
            sdp.Line($"a=fmtp:{red} {opus}/{opus}");
        }

        sdp.Rtx(opusRtx, opus);
        sdp.Rtx(redRtx, red);
        if (offer.AudioLevelExtensionId is { } id)
            sdp.Line($"a=extmap:{id} {OfferWriter.AudioLevelUri}");
        sdp.Line(publishes ? "a=recvonly" : "a=sendonly");
        if (!publishes)
            sdp.SlotStream(slot, rtx: opusRtx is not null || redRtx is not null);

        sdp.Candidates(parameters.Candidates);
    }

    private static void WriteRejected(StringBuilder sdp, OfferedSection section)
    {
        sdp.Line($"m={section.Kind} 0 {section.Protocol} {section.Format}");
        sdp.Line("c=IN IP4 0.0.0.0");
        WriteMid(sdp, section);
        sdp.Line("a=inactive");
    }

    private static void WriteMid(StringBuilder sdp, OfferedSection section)
    {
        if (section.Mid is { } mid)
            sdp.Line($"a=mid:{mid}");
    }
}
