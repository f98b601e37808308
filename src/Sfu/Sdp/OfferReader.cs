using System.Diagnostics.CodeAnalysis;

namespace Sfu.Sdp;

/// <summary>Reads the offer of a client that speaks WHIP or WHEP; the codes of what can be wrong are <see cref="SdpErrorCodes"/>.</summary>
/// <remarks>What is not wanted (video, data, more microphones than one) is no mistake: the answer rejects it.</remarks>
public static class OfferReader
{
    /// <summary>Ids of one-byte header extensions (RFC 8285 4.2), which is what slots are sent with.</summary>
    private const byte MaxOneByteId = 14;

    /// <param name="sdp">Whatever the client sent.</param>
    public static bool TryRead(
        string sdp, OfferPurpose purpose, [NotNullWhen(true)] out ClientOffer? offer, [NotNullWhen(false)] out SdpError? error)
    {
        offer = null;
        if (!SdpDocument.TryRead(sdp, out SdpDocument? document, out error))
            return false;
        if ((error = FindUsable(document, purpose, out List<SdpSection> usable)) is not null)
            return false;

        SdpSection first = usable[0];
        byte opus = first.Opus.FirstOf(first.Formats.Span)!.Value;
        usable.RemoveAll(section => section != first && (purpose == OfferPurpose.Publish || !GoesWith(document, first, section, opus)));
        if (!RemoteTransport.TryReadOffer(document, Tagged(document, usable), out RemoteTransport? transport, out error))
            return false;
        if ((error = Describe(document, usable, out OfferedSection[] sections)) is not null)
            return false;

        byte? red = RedOf(usable);
        offer = new ClientOffer(purpose, transport, sections)
        {
            OpusPayloadType = opus,
            RedPayloadType = red,
            Nack = usable.TrueForAll(section => section.Nack.Contains(opus)),
            OpusRtxPayloadType = RtxOf(usable, opus),
            RedRtxPayloadType = red is null ? null : RtxOf(usable, red.Value),
            AudioLevelExtensionId = LevelIdOf(document, usable, purpose),
            Ssrc = first.Ssrc,
            Cname = first.Cname?.ToString(),
        };
        return true;
    }

    /// <summary>The sections that fit the purpose; when there is none, what is wrong with the first audio section.</summary>
    private static SdpError? FindUsable(SdpDocument document, OfferPurpose purpose, out List<SdpSection> usable)
    {
        usable = [];
        SdpError? reason = null;
        foreach (SdpSection section in document.Media)
        {
            if (!section.IsAudio || section.IsRejected)
                continue;
            if (CheckSection(document, section, purpose) is { } error)
                reason ??= error;
            else
                usable.Add(section);
        }

        if (usable.Count > 0)
            return null;
        return reason ?? new SdpError(SdpErrorCodes.NoAudio, "The offer has no m=audio section; there is nothing but audio here.", 0);
    }

    private static SdpError? CheckSection(SdpDocument document, SdpSection section, OfferPurpose purpose)
    {
        if (!section.Protocol.Span.EndsWith("RTP/SAVPF", StringComparison.Ordinal))
            return new SdpError(SdpErrorCodes.WrongMedia, "Offer m=audio with UDP/TLS/RTP/SAVPF.", section.Line);

        MediaDirection direction = section.Direction != MediaDirection.Unstated ? section.Direction : document.Session.Direction;
        MediaDirection oneWay = purpose == OfferPurpose.Publish ? MediaDirection.SendOnly : MediaDirection.ReceiveOnly;
        if (direction != oneWay && direction is not (MediaDirection.SendReceive or MediaDirection.Unstated))
        {
            return new SdpError(
                SdpErrorCodes.WrongDirection,
                purpose == OfferPurpose.Publish ? "Offer a=sendonly to publish." : "Offer a=recvonly to listen.",
                section.DirectionLine);
        }

        if (section.Opus.FirstOf(section.Formats.Span) is not { } payloadType)
            return new SdpError(SdpErrorCodes.NoOpus, "Offer a payload type with an a=rtpmap to opus/48000/2.", section.Line);
        return PayloadTypeSet.LooksLikeRtcp(payloadType)
            ? new SdpError(SdpErrorCodes.WrongPayloadType, "Payload types 64..95 belong to RTCP with a=rtcp-mux; offer one of 96..127.", section.Line)
            : null;
    }

    /// <summary>Whether one transport and one form of packets do for both.</summary>
    private static bool GoesWith(SdpDocument document, SdpSection first, SdpSection section, byte opus) =>
        document.IsBundled(first)
        && document.IsBundled(section)
        && section.Opus.Contains(opus)
        && section.Lists(opus);

    /// <summary>
    /// The section that speaks for the bundle: the first one in it that is used (RFC 8843 section 7.3), or the first of all where that
    /// one leaves the transport to it.
    /// </summary>
    private static SdpSection Tagged(SdpDocument document, List<SdpSection> usable)
    {
        SdpSection used = document.Bundled().FirstOrDefault(usable.Contains) ?? usable[0];
        return used.UsernameFragment is null && document.IsBundled(used) ? document.Bundled().First() : used;
    }

    /// <summary>All sections of a bundle map an id alike (RFC 8843 section 15); where they do not, there is none.</summary>
    private static byte? LevelIdOf(SdpDocument document, List<SdpSection> usable, OfferPurpose purpose)
    {
        byte? id = usable[0].AudioLevelExtensionId ?? document.Session.AudioLevelExtensionId;
        if (purpose == OfferPurpose.Publish)
            return id;
        return id <= MaxOneByteId && usable.TrueForAll(section => (section.AudioLevelExtensionId ?? document.Session.AudioLevelExtensionId) == id)
            ? id
            : null;
    }

    /// <summary>Of all of them, or of none.</summary>
    private static byte? RedOf(List<SdpSection> usable) =>
        usable[0].Red.FirstOf(usable[0].Formats.Span) is { } red
        && usable.TrueForAll(section => section.Red.Contains(red) && section.Lists(red))
            ? red
            : null;

    /// <inheritdoc cref="RedOf"/>
    private static byte? RtxOf(List<SdpSection> usable, byte payloadType) =>
        usable[0].RtxOf(payloadType) is { } rtx && usable.TrueForAll(section => section.RtxOf(payloadType) == rtx) ? rtx : null;

    private static SdpError? Describe(SdpDocument document, List<SdpSection> usable, out OfferedSection[] sections)
    {
        sections = new OfferedSection[document.Media.Count];
        for (int i = 0; i < sections.Length; i++)
        {
            SdpSection section = document.Media[i];
            ReadOnlySpan<char> formats = section.Formats.Span;
            int space = formats.IndexOf(' ');
            ReadOnlySpan<char> format = space < 0 ? formats : formats[..space];
            if (!IsToken(section.Kind.Span) || !IsToken(section.Protocol.Span) || !IsToken(format))
                return new SdpError(SdpErrorCodes.Syntax, "A media line is m=<media> <port> <protocol> <formats>, in visible ASCII.", section.Line);
            if (section.Mid is { } mid && !IsToken(mid.Span))
                return new SdpError(SdpErrorCodes.Syntax, "An a=mid is one word of visible ASCII.", section.MidLine);
            sections[i] = new OfferedSection(
                section.Kind.ToString(),
                section.Protocol.ToString(),
                format.ToString(),
                section.Mid?.ToString(),
                document.IsBundled(section),
                usable.Contains(section));
        }

        return null;
    }

    /// <summary>It is written into the answer: nothing that could end a line.</summary>
    private static bool IsToken(ReadOnlySpan<char> text) => !text.IsEmpty && !text.ContainsAnyExceptInRange('!', '~');
}
