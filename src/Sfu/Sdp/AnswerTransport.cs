using System.Diagnostics.CodeAnalysis;
using Sfu.Dtls;
using Sfu.Ice;

namespace Sfu.Sdp;

/// <summary>What an answer says about the one transport under all of its sections.</summary>
internal sealed record AnswerTransport(IceCredentials Ice, Fingerprint Fingerprint)
{
    private const int MinUsernameFragment = 4;
    private const int MinPassword = 22;
    private const int MaxCredential = 256;
    private const string ActiveRole = "active";

    /// <summary>Takes each attribute from the section that speaks for the bundle (RFC 8843 section 7.1.3), else from the session's part.</summary>
    public static bool TryRead(
        AnswerDocument document,
        bool microphone,
        uint slotMask,
        [NotNullWhen(true)] out AnswerTransport? transport,
        [NotNullWhen(false)] out SdpError? error)
    {
        transport = null;
        IceCredentials? ice = null;
        Fingerprint? fingerprint = null;
        error = CheckBundle(document, microphone, slotMask);
        if (error is not null)
            return false;

        AnswerSection section = Tagged(document);
        error = ReadIce(document, section, out ice)
            ?? ReadFingerprint(document.Session, section, out fingerprint)
            ?? CheckSetup(document.Session, section);
        if (error is null && !section.RtcpMux && !document.Session.RtcpMux)
            error = new SdpError(SdpErrorCodes.NoRtcpMux, "RTP and RTCP share one port here; answer a=rtcp-mux.", section.Line);
        if (error is not null)
            return false;

        transport = new AnswerTransport(ice!, fingerprint!);
        return true;
    }

    /// <summary>A lone section needs no group.</summary>
    private static SdpError? CheckBundle(AnswerDocument document, bool microphone, uint slotMask)
    {
        uint taken = slotMask << 1 | (microphone ? 1u : 0);
        if (document.Bundle is null && uint.IsPow2(taken) && document.Media.Count(section => !section.IsRejected) == 1)
            return null;

        for (int mid = 0; mid < document.Media.Count; mid++)
        {
            if ((taken >> mid & 1) != 0 && !IsBundled(document, mid))
            {
                return new SdpError(
                    SdpErrorCodes.NotBundled,
                    $"The section with mid {mid} is accepted but not in a=group:BUNDLE; all media share one transport.",
                    document.BundleLine);
            }
        }

        return null;
    }

    private static bool IsBundled(AnswerDocument document, int mid)
    {
        ReadOnlySpan<char> bundle = document.Bundle.GetValueOrDefault().Span;
        foreach (Range range in bundle.Split(' '))
        {
            if (int.TryParse(bundle[range], out int member) && member == mid)
                return true;
        }

        return false;
    }

    /// <summary>The first section of the bundle that is not rejected; without a bundle, the first section that is not rejected.</summary>
    private static AnswerSection Tagged(AnswerDocument document)
    {
        ReadOnlySpan<char> bundle = document.Bundle.GetValueOrDefault().Span;
        foreach (Range range in bundle.Split(' '))
        {
            if (int.TryParse(bundle[range], out int mid)
                && mid >= 0 && mid < document.Media.Count
                && !document.Media[mid].IsRejected)
            {
                return document.Media[mid];
            }
        }

        return document.Media.First(section => !section.IsRejected);
    }

    private static SdpError? ReadIce(AnswerDocument document, AnswerSection section, out IceCredentials? credentials)
    {
        credentials = null;
        if (document.IceLite)
            return new SdpError(SdpErrorCodes.IceLite, "The server is ICE-lite; the client must be a full ICE agent and check.", document.IceLiteLine);

        // Fragment and password belong together: both of the section's, or both of the session's (RFC 8839 section 5.4).
        AnswerSection source = section.UsernameFragment is null && section.Password is null ? document.Session : section;
        if (source.UsernameFragment is not { } fragment || source.Password is not { } password)
            return new SdpError(SdpErrorCodes.NoIceCredentials, "State a=ice-ufrag and a=ice-pwd, in the first section or for the session.", section.Line);
        if (!IsCredential(fragment.Span, MinUsernameFragment))
            return new SdpError(SdpErrorCodes.BadIceCredentials, "An a=ice-ufrag has 4 to 256 letters, digits, '+' or '/'.", source.UsernameFragmentLine);
        if (!IsCredential(password.Span, MinPassword))
            return new SdpError(SdpErrorCodes.BadIceCredentials, "An a=ice-pwd has 22 to 256 letters, digits, '+' or '/'.", source.PasswordLine);

        credentials = new IceCredentials(fragment.ToString(), password.ToString());
        return null;
    }

    private static SdpError? ReadFingerprint(AnswerSection session, AnswerSection section, out Fingerprint? fingerprint)
    {
        AnswerSection source = section.FingerprintLine != 0 ? section : session;
        fingerprint = source.Fingerprint;
        if (source.FingerprintLine == 0)
            return new SdpError(SdpErrorCodes.NoFingerprint, "State a=fingerprint:sha-256 with the hash of the client's DTLS certificate.", section.Line);
        return fingerprint is not null
            ? null
            : new SdpError(SdpErrorCodes.BadFingerprint, "An a=fingerprint is sha-256, sha-384 or sha-512 and the hash as AB:CD:... of full length.", source.FingerprintLine);
    }

    private static SdpError? CheckSetup(AnswerSection session, AnswerSection section)
    {
        AnswerSection source = section.Setup is not null ? section : session;
        if (source.Setup is { } setup && setup.Span.Equals(ActiveRole, StringComparison.OrdinalIgnoreCase))
            return null;
        return new SdpError(
            SdpErrorCodes.WrongSetup,
            "Answer a=setup:active: the client starts the DTLS handshake, the server only listens for it.",
            source.Setup is null ? section.Line : source.SetupLine);
    }

    /// <summary>Wider than ice-char (RFC 8839 section 5.4), since clients exist that make base64url; without ':', which separates the two fragments of a user name.</summary>
    private static bool IsCredential(ReadOnlySpan<char> text, int minLength) =>
        text.Length >= minLength
        && text.Length <= MaxCredential
        && !text.ContainsAnyExceptInRange('!', '~')
        && !text.Contains(':');
}
