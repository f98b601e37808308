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

    private const byte Opus = MediaConstants.OpusPayloadType;
    private const byte Red = MediaConstants.RedPayloadType;

    private static readonly string SlotFormats = $"{Opus} {Red} {MediaConstants.OpusRtxPayloadType} {MediaConstants.RedRtxPayloadType}";

    /// <summary>Characters; enough for the usual number of candidates.</summary>
    private const int SessionCapacity = 256;
    private const int SectionCapacity = 640;

    /// <returns>SDP with CRLF line ends.</returns>
    public static string Write(DescriptionParameters parameters)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(parameters.Slots, 1, nameof(parameters));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(parameters.Slots, MediaConstants.MaxSlots, nameof(parameters));

        var sdp = new StringBuilder(SessionCapacity + (parameters.Slots + 1) * SectionCapacity);
        WriteSession(sdp, parameters);
        // Browsers send what stands first. The frame before costs a speaker another 32 kbit/s and mends a line that loses; with music it would be 128.
        bool redFirst = !parameters.Opus.Stereo;
        WriteHead(sdp, MicrophoneMid, redFirst ? $"{Red} {Opus}" : $"{Opus} {Red}");
        int start = sdp.Length;
        WriteTransportAndCodecs(sdp, parameters);
        string common = sdp.ToString(start, sdp.Length - start);
        sdp.Line("a=recvonly");
        for (int slot = 0; slot < parameters.Slots; slot++)
        {
            WriteHead(sdp, slot + 1, SlotFormats);
            sdp.Append(common);
            sdp.Rtx(MediaConstants.OpusRtxPayloadType, Opus);
            sdp.Rtx(MediaConstants.RedRtxPayloadType, Red);
            sdp.Line("a=sendonly");
            // Chromium takes no a=ssrc-group:FID in an audio section: "Failed to add remote stream". The SSRCs are constants, and without being
            // told who takes RTX knows a stream's by the first answer to a question (RFC 4588 5.3).
            sdp.SlotStream(slot, rtx: false);
        }

        return sdp.ToString();
    }

    private static void WriteSession(StringBuilder sdp, DescriptionParameters parameters)
    {
        sdp.Origin(parameters);
        sdp.Line($"a=group:BUNDLE {string.Join(' ', Enumerable.Range(MicrophoneMid, parameters.Slots + 1))}");
        sdp.Line("a=msid-semantic: WMS *");
        sdp.Line("a=extmap-allow-mixed");
    }

    private static void WriteHead(StringBuilder sdp, int mid, string formats)
    {
        sdp.Line($"m=audio {SdpText.NoPort} UDP/TLS/RTP/SAVPF {formats}");
        sdp.Line("c=IN IP4 0.0.0.0");
        sdp.Line($"a=mid:{mid}");
    }

    /// <summary>The same in all sections of one offer.</summary>
    private static void WriteTransportAndCodecs(StringBuilder sdp, DescriptionParameters parameters)
    {
        sdp.Transport(parameters.Ice, parameters.Fingerprint, "actpass");
        sdp.Line($"a=rtpmap:{Opus} opus/{MediaConstants.ClockRate}/2");
        sdp.Line($"a=fmtp:{Opus} {parameters.Opus}");
        sdp.Line($"a=rtcp-fb:{Opus} nack");
        sdp.Line($"a=rtpmap:{Red} red/{MediaConstants.ClockRate}/2");
        sdp.Line($"a=fmtp:{Red} {Opus}/{Opus}");
        sdp.Line($"a=extmap:{MediaConstants.AudioLevelExtensionId} {AudioLevelUri}");
        sdp.Candidates(parameters.Candidates);
    }
}
