using System.Diagnostics.CodeAnalysis;
using Sfu.Dtls;
using Sfu.Ice;

namespace Sfu.Sdp;

/// <summary>What a client says about the one transport under all of its sections.</summary>
internal sealed record RemoteTransport(IceCredentials Ice, Fingerprint Fingerprint)
{
    private const int MinUsernameFragment = 4;
    private const int MinPassword = 22;
    private const int MaxCredential = 256;
    private const string ActiveRole = "active";
    private const string EitherRole = "actpass";

    /// <summary>Takes each attribute from the section that speaks for the bundle (RFC 8843 section 7.1.3), else from the session's part.</summary>
    public static bool TryReadAnswer(
        SdpDocument document,
        bool microphone,
        uint slotMask,
        [NotNullWhen(true)] out RemoteTransport? transport,
        [NotNullWhen(false)] out SdpError? error)
    {
        transport = null;
        error = CheckBundle(document, microphone, slotMask);
        if (error is not null)
            return false;

        SdpSection section = Tagged(document);
        error = CheckSetup(document.Session, section);
        return error is null && TryRead(document, section, out transport, out error);
    }

    /// <param name="section">Which speaks for the bundle.</param>
    public static bool TryReadOffer(
        SdpDocument document,
        SdpSection section,
        [NotNullWhen(true)] out RemoteTransport? transport,
        [NotNullWhen(false)] out SdpError? error)
    {
        transport = null;
        error = CheckOfferedSetup(document.Session, section);
        return error is null && TryRead(document, section, out transport, out error);
    }

    /// <returns>What is wrong with the section's credentials, or with the session's where it has none; null for nothing.</returns>
    public static SdpError? ReadIce(SdpDocument document, SdpSection section, out IceCredentials? credentials)
    {
        credentials = null;
        if (document.IceLite)
            return new SdpError(SdpErrorCodes.IceLite, "The server is ICE-lite; the client must be a full ICE agent and check.", document.IceLiteLine);

        // Fragment and password belong together: both of the section's, or both of the session's (RFC 8839 section 5.4).
        SdpSection source = section.UsernameFragment is null && section.Password is null ? document.Session : section;
        if (source.UsernameFragment is not { } fragment || source.Password is not { } password)
            return new SdpError(SdpErrorCodes.NoIceCredentials, "State a=ice-ufrag and a=ice-pwd, in the first section or for the session.", section.Line);
        if (!IsCredential(fragment.Span, MinUsernameFragment))
            return new SdpError(SdpErrorCodes.BadIceCredentials, "An a=ice-ufrag has 4 to 256 letters, digits, '+' or '/'.", source.UsernameFragmentLine);
        if (!IsCredential(password.Span, MinPassword))
            return new SdpError(SdpErrorCodes.BadIceCredentials, "An a=ice-pwd has 22 to 256 letters, digits, '+' or '/'.", source.PasswordLine);

        credentials = new IceCredentials(fragment.ToString(), password.ToString());
        return null;
    }

    private static bool TryRead(
        SdpDocument document,
        SdpSection section,
        [NotNullWhen(true)] out RemoteTransport? transport,
        [NotNullWhen(false)] out SdpError? error)
    {
        transport = null;
        Fingerprint? fingerprint = null;
        error = ReadIce(document, section, out IceCredentials? ice) ?? ReadFingerprint(document.Session, section, out fingerprint);
        if (error is null && !section.RtcpMux && !document.Session.RtcpMux)
            error = new SdpError(SdpErrorCodes.NoRtcpMux, "RTP and RTCP share one port here; state a=rtcp-mux.", section.Line);
        if (error is not null)
            return false;

        transport = new RemoteTransport(ice!, fingerprint!);
        return true;
    }

    /// <summary>A lone section needs no group.</summary>
    private static SdpError? CheckBundle(SdpDocument document, bool microphone, uint slotMask)
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

    private static bool IsBundled(SdpDocument document, int mid)
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
    private static SdpSection Tagged(SdpDocument document)
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

    private static SdpError? ReadFingerprint(SdpSection session, SdpSection section, out Fingerprint? fingerprint)
    {
        SdpSection source = section.FingerprintLine != 0 ? section : session;
        fingerprint = source.Fingerprint;
        if (source.FingerprintLine == 0)
            return new SdpError(SdpErrorCodes.NoFingerprint, "State a=fingerprint:sha-256 with the hash of the client's DTLS certificate.", section.Line);
        return fingerprint is not null
            ? null
            : new SdpError(SdpErrorCodes.BadFingerprint, "An a=fingerprint is sha-256, sha-384 or sha-512 and the hash as AB:CD:... of full length.", source.FingerprintLine);
    }

    private static SdpError? CheckSetup(SdpSection session, SdpSection section)
    {
        SdpSection source = section.Setup is not null ? section : session;
        if (source.Setup is { } setup && setup.Span.Equals(ActiveRole, StringComparison.OrdinalIgnoreCase))
            return null;
        return new SdpError(
            SdpErrorCodes.WrongSetup,
            "Answer a=setup:active: the client starts the DTLS handshake, the server only listens for it.",
            source.Setup is null ? section.Line : source.SetupLine);
    }

    /// <summary>Nothing means active (RFC 4145 section 4).</summary>
    private static SdpError? CheckOfferedSetup(SdpSection session, SdpSection section)
    {
        SdpSection source = section.Setup is not null ? section : session;
        if (source.Setup is not { } setup
            || setup.Span.Equals(ActiveRole, StringComparison.OrdinalIgnoreCase)
            || setup.Span.Equals(EitherRole, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        return new SdpError(
            SdpErrorCodes.WrongSetup,
            "Offer a=setup:actpass or a=setup:active: the client starts the DTLS handshake, the server only listens for it.",
            source.SetupLine);
    }

    /// <summary>Wider than ice-char (RFC 8839 section 5.4), since clients exist that make base64url; without ':', which separates the two fragments of a user name.</summary>
    private static bool IsCredential(ReadOnlySpan<char> text, int minLength) =>
        text.Length >= minLength
        && text.Length <= MaxCredential
        && !text.ContainsAnyExceptInRange('!', '~')
        && !text.Contains(':');
}
