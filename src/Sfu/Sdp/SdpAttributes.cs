using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Sfu.Dtls;

namespace Sfu.Sdp;

/// <summary>Reads m-lines and those attributes that the server has a use for; of an attribute given twice the first one counts.</summary>
internal static class SdpAttributes
{
    private const string OpusEncoding = "opus/48000";
    private const string RedEncoding = "red/48000";
    private const string RtxEncoding = "rtx/48000";
    private const string AssociatedPrefix = "apt=";
    private const string CnamePrefix = "cname:";

    /// <summary>SDES items have an 8-bit length (RFC 3550 6.5).</summary>
    private const int MaxCname = 255;

    /// <param name="value">Of an m-line: media, port, protocol, formats (RFC 8866 section 5.14).</param>
    public static bool TryReadMedia(ReadOnlyMemory<char> value, int line, [NotNullWhen(true)] out SdpSection? section)
    {
        section = null;
        ReadOnlyMemory<char> media = NextToken(ref value);
        ReadOnlyMemory<char> port = NextToken(ref value);
        ReadOnlyMemory<char> protocol = NextToken(ref value);
        if (value.IsEmpty || !TryReadPort(port.Span, out int number))
            return false;

        section = new SdpSection
        {
            Line = line,
            Kind = media,
            Port = number,
            Protocol = protocol,
            Formats = value,
        };
        return true;
    }

    /// <returns>What makes the attribute unreadable, or null.</returns>
    public static SdpError? Read(SdpSection section, ReadOnlySpan<char> name, ReadOnlyMemory<char> value, int line)
    {
        switch (name)
        {
            case "mid" when section.Mid is null:
                (section.Mid, section.MidLine) = (value, line);
                return null;
            case "ice-ufrag" when section.UsernameFragment is null:
                (section.UsernameFragment, section.UsernameFragmentLine) = (value, line);
                return null;
            case "ice-pwd" when section.Password is null:
                (section.Password, section.PasswordLine) = (value, line);
                return null;
            case "setup" when section.Setup is null:
                (section.Setup, section.SetupLine) = (value, line);
                return null;
            case "fingerprint":
                ReadFingerprint(section, value.Span, line);
                return null;
            case "rtcp-mux":
                section.RtcpMux = true;
                return null;
            case "bundle-only":
                section.BundleOnly = true;
                return null;
            case "rtpmap":
                return ReadRtpMap(section, value, line);
            case "fmtp":
                ReadFormatParameters(section, value);
                return null;
            case "extmap":
                return ReadExtensionMap(section, value, line);
            case "rtcp-fb":
                ReadFeedback(section, value);
                return null;
            case "candidate" when section.BadCandidateLine == 0 && !IsCandidate(value):
                section.BadCandidateLine = line;
                return null;
            case "ssrc":
                return ReadSsrc(section, value, line);
            default:
                ReadDirection(section, name, line);
                return null;
        }
    }

    private static void ReadFingerprint(SdpSection section, ReadOnlySpan<char> value, int line)
    {
        if (section.FingerprintLine == 0)
            section.FingerprintLine = line;
        if (section.Fingerprint is null && Fingerprint.TryParse(value, out Fingerprint? fingerprint))
            section.Fingerprint = fingerprint;
    }

    private static void ReadDirection(SdpSection section, ReadOnlySpan<char> name, int line)
    {
        MediaDirection direction = name switch
        {
            "sendrecv" => MediaDirection.SendReceive,
            "sendonly" => MediaDirection.SendOnly,
            "recvonly" => MediaDirection.ReceiveOnly,
            "inactive" => MediaDirection.Inactive,
            _ => MediaDirection.Unstated,
        };
        if (direction != MediaDirection.Unstated && section.Direction == MediaDirection.Unstated)
            (section.Direction, section.DirectionLine) = (direction, line);
    }

    /// <summary><c>111 opus/48000/2</c>; the encoding's name is case-insensitive (RFC 4855 section 3).</summary>
    private static SdpError? ReadRtpMap(SdpSection section, ReadOnlyMemory<char> value, int line)
    {
        ReadOnlySpan<char> number = NextToken(ref value).Span;
        if (!TryReadNumber(number, PayloadTypeSet.Max, out uint payloadType) || value.IsEmpty)
            return new SdpError(SdpErrorCodes.Syntax, "An a=rtpmap is <payload type 0..127> <encoding>/<clock rate>.", line);

        if (IsEncoding(value.Span, OpusEncoding))
            section.Opus = section.Opus.With((byte)payloadType);
        else if (IsEncoding(value.Span, RedEncoding))
            section.Red = section.Red.With((byte)payloadType);
        else if (IsEncoding(value.Span, RtxEncoding))
            section.Rtx = section.Rtx.With((byte)payloadType);
        return null;
    }

    /// <summary><c>112 apt=111;rtx-time=200</c> (RFC 4588 8.1); all other parameters are the encoder's affair.</summary>
    private static void ReadFormatParameters(SdpSection section, ReadOnlyMemory<char> value)
    {
        ReadOnlySpan<char> number = NextToken(ref value).Span;
        ReadOnlySpan<char> parameters = value.Span;
        if (!TryReadNumber(number, PayloadTypeSet.Max, out uint payloadType))
            return;
        foreach (Range range in parameters.Split(';'))
        {
            ReadOnlySpan<char> parameter = parameters[range].Trim();
            if (parameter.StartsWith(AssociatedPrefix, StringComparison.OrdinalIgnoreCase)
                && TryReadNumber(parameter[AssociatedPrefix.Length..], PayloadTypeSet.Max, out uint associated))
            {
                section.Associations.Add(((byte)payloadType, (byte)associated));
            }
        }
    }

    /// <summary><c>111 nack</c> or <c>* nack</c> (RFC 4585 4.2); other feedback, <c>nack pli</c> too, is not for audio.</summary>
    private static void ReadFeedback(SdpSection section, ReadOnlyMemory<char> value)
    {
        ReadOnlySpan<char> number = NextToken(ref value).Span;
        if (!value.Span.Equals("nack", StringComparison.OrdinalIgnoreCase))
            return;
        if (number is "*")
            section.Nack = PayloadTypeSet.All;
        else if (TryReadNumber(number, PayloadTypeSet.Max, out uint payloadType))
            section.Nack = section.Nack.With((byte)payloadType);
    }

    /// <summary><c>1 urn:...</c> or <c>1/sendonly urn:...</c> (RFC 8285 section 5).</summary>
    private static SdpError? ReadExtensionMap(SdpSection section, ReadOnlyMemory<char> value, int line)
    {
        ReadOnlySpan<char> id = NextToken(ref value).Span;
        ReadOnlySpan<char> uri = NextToken(ref value).Span;
        int slash = id.IndexOf('/');
        if (!TryReadNumber(slash < 0 ? id : id[..slash], int.MaxValue, out uint number) || uri.IsEmpty)
            return new SdpError(SdpErrorCodes.Syntax, "An a=extmap is <id> <URI>.", line);

        if (uri.SequenceEqual(OfferWriter.AudioLevelUri) && number is > 0 and <= byte.MaxValue)
            section.AudioLevelExtensionId ??= (byte)number;
        return null;
    }

    /// <summary><c>1234 cname:text</c> (RFC 5576 section 4.1); the first SSRC is the microphone's.</summary>
    private static SdpError? ReadSsrc(SdpSection section, ReadOnlyMemory<char> value, int line)
    {
        if (!TryReadNumber(NextToken(ref value).Span, uint.MaxValue, out uint ssrc))
            return new SdpError(SdpErrorCodes.Syntax, "An a=ssrc starts with a number of 32 bits.", line);

        section.Ssrc ??= ssrc;
        if (section.Ssrc == ssrc && section.Cname is null && value.Span.StartsWith(CnamePrefix, StringComparison.Ordinal))
        {
            ReadOnlyMemory<char> cname = value[CnamePrefix.Length..];
            if (cname.Length is > 0 and <= MaxCname)
                section.Cname = cname;
        }

        return null;
    }

    /// <summary><c>1 1 udp 2130706431 192.0.2.1 40000 typ host</c> and more (RFC 8839 section 5.1); the address may be a name.</summary>
    private static bool IsCandidate(ReadOnlyMemory<char> value) =>
        !NextToken(ref value).IsEmpty
        && TryReadNumber(NextToken(ref value).Span, byte.MaxValue + 1, out _)
        && !NextToken(ref value).IsEmpty
        && TryReadNumber(NextToken(ref value).Span, uint.MaxValue, out _)
        && !NextToken(ref value).IsEmpty
        && TryReadNumber(NextToken(ref value).Span, ushort.MaxValue, out _)
        && NextToken(ref value).Span.SequenceEqual("typ")
        && !NextToken(ref value).IsEmpty;

    private static bool IsEncoding(ReadOnlySpan<char> value, ReadOnlySpan<char> encoding) =>
        value.StartsWith(encoding, StringComparison.OrdinalIgnoreCase)
        && (value.Length == encoding.Length || value[encoding.Length] == '/');

    private static bool TryReadPort(ReadOnlySpan<char> port, out int number)
    {
        // A port may be followed by a number of ports, which nobody uses (RFC 8866 section 5.14).
        int slash = port.IndexOf('/');
        bool read = TryReadNumber(slash < 0 ? port : port[..slash], ushort.MaxValue, out uint value);
        number = (int)value;
        return read;
    }

    private static bool TryReadNumber(ReadOnlySpan<char> text, uint max, out uint number) =>
        uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number <= max;

    /// <summary>Cuts off the text up to the next run of spaces.</summary>
    private static ReadOnlyMemory<char> NextToken(ref ReadOnlyMemory<char> value)
    {
        int space = value.Span.IndexOf(' ');
        ReadOnlyMemory<char> token = space < 0 ? value : value[..space];
        value = space < 0 ? default : value[space..].TrimStart();
        return token;
    }
}
