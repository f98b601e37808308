using System.Diagnostics.CodeAnalysis;
using Sfu.Slots;

namespace Sfu.Sdp;

/// <summary>Reads what a client answers to <see cref="OfferWriter"/>'s offer; the codes of what can be wrong are <see cref="SdpErrorCodes"/>.</summary>
/// <remarks>It is strict about what would leave somebody in silence, and lenient about everything else.</remarks>
public static class AnswerReader
{
    /// <param name="sdp">Whatever the client sent.</param>
    /// <param name="slots">As offered.</param>
    public static bool TryRead(
        string sdp, int slots, [NotNullWhen(true)] out Answer? answer, [NotNullWhen(false)] out SdpError? error)
    {
        answer = null;
        if (!SdpDocument.TryRead(sdp, out SdpDocument? document, out error))
            return false;
        if ((error = CheckSections(document, slots)) is not null)
            return false;

        bool microphone = IsTaken(document, OfferWriter.MicrophoneMid);
        uint slotMask = 0;
        for (int slot = 0; slot < slots; slot++)
            slotMask |= IsTaken(document, slot + 1) ? 1u << slot : 0;
        if (!microphone && slotMask == 0)
        {
            error = new SdpError(SdpErrorCodes.NothingAccepted, "Every section is rejected or inactive; accept the microphone (mid 0) or a slot.", 0);
            return false;
        }

        if (!RemoteTransport.TryReadAnswer(document, microphone, slotMask, out RemoteTransport? transport, out error))
            return false;
        if ((error = CheckSlotCodecs(document, slots)) is not null)
            return false;

        SdpSection section = document.Media[OfferWriter.MicrophoneMid];
        byte opus = MediaConstants.OpusPayloadType;
        if (microphone && !TryReadMicrophoneCodec(section, out opus, out error))
            return false;

        answer = new Answer(
            transport.Ice,
            transport.Fingerprint,
            microphone,
            microphone ? section.Ssrc : null,
            microphone ? section.Cname?.ToString() : null,
            opus,
            microphone ? section.Red.FirstOf(section.Formats.Span) : null,
            microphone ? section.AudioLevelExtensionId ?? document.Session.AudioLevelExtensionId : null,
            slotMask)
        {
            Format = ReadFormat(document, slots),
            MicrophoneNack = microphone && section.Nack.Contains(opus),
        };
        return true;
    }

    /// <summary>Number, kind, mids and directions of the sections.</summary>
    private static SdpError? CheckSections(SdpDocument document, int slots)
    {
        if (document.Media.Count != slots + 1)
        {
            return new SdpError(
                SdpErrorCodes.MediaCount,
                $"The offer has {slots + 1} media sections and the answer {document.Media.Count}; answer each one, with port 0 where it is not wanted.",
                0);
        }

        for (int mid = 0; mid < document.Media.Count; mid++)
        {
            SdpSection section = document.Media[mid];
            if (CheckMid(section, mid) is { } badMid)
                return badMid;
            if (section.IsRejected)
                continue;
            if (!section.IsAudio || !section.Protocol.Span.EndsWith("RTP/SAVPF", StringComparison.Ordinal))
                return new SdpError(SdpErrorCodes.WrongMedia, "The section is offered as m=audio with UDP/TLS/RTP/SAVPF; answer the same.", section.Line);
            if (CheckDirection(document, section, mid) is { } badDirection)
                return badDirection;
        }

        return null;
    }

    /// <summary>A rejected section may leave its mid out, as some clients do.</summary>
    private static SdpError? CheckMid(SdpSection section, int mid)
    {
        if (section.Mid is not { } text)
        {
            return section.IsRejected
                ? null
                : new SdpError(SdpErrorCodes.MidMismatch, $"The section has no a=mid; the offer says a=mid:{mid}.", section.Line);
        }

        return int.TryParse(text.Span, out int stated) && stated == mid
            ? null
            : new SdpError(SdpErrorCodes.MidMismatch, $"The section's a=mid differs from the offer's, a=mid:{mid}; keep the order of the offer.", section.MidLine);
    }

    private static SdpError? CheckDirection(SdpDocument document, SdpSection section, int mid)
    {
        bool isMicrophone = mid == OfferWriter.MicrophoneMid;
        MediaDirection impossible = isMicrophone ? MediaDirection.ReceiveOnly : MediaDirection.SendOnly;
        return DirectionOf(document, section) != impossible
            ? null
            : new SdpError(
                SdpErrorCodes.WrongDirection,
                isMicrophone
                    ? "The microphone (mid 0) is offered recvonly; answer sendonly, or inactive to listen only."
                    : "A slot is offered sendonly; answer recvonly, or inactive to leave it out.",
                section.DirectionLine);
    }

    private static SdpError? CheckSlotCodecs(SdpDocument document, int slots)
    {
        for (int mid = 1; mid <= slots; mid++)
        {
            SdpSection section = document.Media[mid];
            if (IsTaken(document, mid)
                && (!section.Opus.Contains(MediaConstants.OpusPayloadType) || !section.Lists(MediaConstants.OpusPayloadType)))
            {
                return new SdpError(
                    SdpErrorCodes.WrongPayloadType,
                    $"Slots are sent as Opus with payload type {MediaConstants.OpusPayloadType}; keep it in the m-line, with its a=rtpmap.",
                    section.Line);
            }
        }

        return null;
    }

    /// <summary>What all slots that are taken agree on: their packets are built once.</summary>
    private static ListenerFormat ReadFormat(SdpDocument document, int slots)
    {
        bool red = true;
        bool level = true;
        bool nack = true;
        bool opusRtx = true;
        bool redRtx = true;
        for (int mid = 1; mid <= slots; mid++)
        {
            if (!IsTaken(document, mid))
                continue;
            SdpSection section = document.Media[mid];
            red &= section.Red.Contains(MediaConstants.RedPayloadType)
                && section.Lists(MediaConstants.RedPayloadType);
            nack &= section.Nack.Contains(MediaConstants.OpusPayloadType);
            opusRtx &= section.RtxOf(MediaConstants.OpusPayloadType) == MediaConstants.OpusRtxPayloadType;
            redRtx &= section.RtxOf(MediaConstants.RedPayloadType) == MediaConstants.RedRtxPayloadType;
            level &= (section.AudioLevelExtensionId ?? document.Session.AudioLevelExtensionId) == MediaConstants.AudioLevelExtensionId;
        }

        return ListenerFormat.OfAnswer(level, red, nack, nack && opusRtx, nack && red && redRtx);
    }

    private static bool TryReadMicrophoneCodec(SdpSection section, out byte opus, [NotNullWhen(false)] out SdpError? error)
    {
        opus = 0;
        error = null;
        if (section.Opus.FirstOf(section.Formats.Span) is not { } payloadType)
            error = new SdpError(SdpErrorCodes.NoOpus, "The microphone (mid 0) needs a payload type with an a=rtpmap to opus/48000/2.", section.Line);
        else if (PayloadTypeSet.LooksLikeRtcp(payloadType))
            error = new SdpError(SdpErrorCodes.WrongPayloadType, "Payload types 64..95 belong to RTCP with a=rtcp-mux; use the offer's 111.", section.Line);
        else
            opus = payloadType;
        return error is null;
    }

    private static bool IsTaken(SdpDocument document, int mid)
    {
        SdpSection section = document.Media[mid];
        return !section.IsRejected && DirectionOf(document, section) != MediaDirection.Inactive;
    }

    /// <summary>A section's own direction wins over the session's, which Firefox states as sendrecv whatever the sections say.</summary>
    private static MediaDirection DirectionOf(SdpDocument document, SdpSection section) =>
        section.Direction != MediaDirection.Unstated ? section.Direction : document.Session.Direction;
}
