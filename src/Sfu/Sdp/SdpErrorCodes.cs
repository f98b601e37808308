namespace Sfu.Sdp;

/// <summary>All codes of <see cref="SdpError"/>. They are part of the protocol: a code is never given another meaning.</summary>
public static class SdpErrorCodes
{
    /// <summary>More than 65,536 characters, 2,000 lines or 64 media sections.</summary>
    public const string TooLarge = "sdp-too-large";

    /// <summary>A line is not of the form <c>x=value</c>, the first line is not <c>v=0</c>, or an attribute's value cannot be read.</summary>
    public const string Syntax = "sdp-syntax";

    /// <summary>The number of media sections differs from the offer's; rejected ones must stay, with port 0 (RFC 3264 section 6).</summary>
    public const string MediaCount = "sdp-media-count";

    /// <summary>A section is not <c>m=audio</c> with RTP over DTLS as offered.</summary>
    public const string WrongMedia = "sdp-wrong-media";

    /// <summary>A section's <c>a=mid</c> is missing or not that of the offer's section at the same place (RFC 5888 section 9.1).</summary>
    public const string MidMismatch = "sdp-mid-mismatch";

    /// <summary>A direction that does not fit the offer's: mid 0 is answered <c>sendonly</c> or <c>inactive</c>, slots <c>recvonly</c> or <c>inactive</c> (RFC 3264 section 6.1). Who offers states <c>sendonly</c> to publish, <c>recvonly</c> to listen, or <c>sendrecv</c>.</summary>
    public const string WrongDirection = "sdp-wrong-direction";

    /// <summary>An offer has no <c>m=audio</c> section that is not rejected.</summary>
    public const string NoAudio = "sdp-no-audio";

    /// <summary>All sections are rejected or inactive.</summary>
    public const string NothingAccepted = "sdp-nothing-accepted";

    /// <summary>An accepted section is not in the <c>a=group:BUNDLE</c> line; the server has one transport only (RFC 8843).</summary>
    public const string NotBundled = "sdp-not-bundled";

    /// <summary>The client says <c>a=ice-lite</c>: of two lite agents nobody would check (RFC 8445 section 6.1.1).</summary>
    public const string IceLite = "sdp-ice-lite";

    /// <summary><c>a=ice-ufrag</c> or <c>a=ice-pwd</c> is missing.</summary>
    public const string NoIceCredentials = "sdp-no-ice-credentials";

    /// <summary>The user name fragment is not 4..256, or the password not 22..256 visible ASCII characters (RFC 8839 section 5.4).</summary>
    public const string BadIceCredentials = "sdp-bad-ice-credentials";

    /// <summary>An <c>a=candidate</c> of a fragment is none (RFC 8839 section 5.1).</summary>
    public const string BadCandidate = "sdp-bad-candidate";

    /// <summary><c>a=fingerprint</c> is missing.</summary>
    public const string NoFingerprint = "sdp-no-fingerprint";

    /// <summary>No <c>a=fingerprint</c> is a well-formed SHA-256, SHA-384 or SHA-512 (RFC 8122 section 5).</summary>
    public const string BadFingerprint = "sdp-bad-fingerprint";

    /// <summary><c>a=setup</c> of an answer is missing or not <c>active</c>, of an offer neither <c>actpass</c> nor <c>active</c>: the server is always the DTLS server (RFC 5763 section 5).</summary>
    public const string WrongSetup = "sdp-wrong-setup";

    /// <summary><c>a=rtcp-mux</c> is missing (RFC 5761, RFC 8843 section 9.3).</summary>
    public const string NoRtcpMux = "sdp-no-rtcp-mux";

    /// <summary>The accepted microphone, or the audio of an offer, has no payload type that maps to <c>opus/48000</c> (RFC 7587).</summary>
    public const string NoOpus = "sdp-no-opus";

    /// <summary>A slot does not keep Opus at the offered payload type, or what a client chooses is 64..95, which RTCP needs (RFC 5761 section 4).</summary>
    public const string WrongPayloadType = "sdp-wrong-payload-type";
}
