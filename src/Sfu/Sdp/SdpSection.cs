using Sfu.Dtls;

namespace Sfu.Sdp;

/// <summary>What matters of the session's part or of one media section of a client's description, as it is written there.</summary>
/// <remarks>Texts are slices of the SDP, so that a hostile one costs no more memory than itself.</remarks>
internal sealed class SdpSection
{
    /// <summary>Of the m-line; 0 for the session's part.</summary>
    public int Line { get; init; }

    /// <summary>Such as <c>audio</c>.</summary>
    public ReadOnlyMemory<char> Kind { get; init; }

    public bool IsAudio => Kind.Span.SequenceEqual("audio");

    public ReadOnlyMemory<char> Protocol { get; init; }

    /// <summary>Payload types as the m-line lists them.</summary>
    public ReadOnlyMemory<char> Formats { get; init; }

    public int Port { get; init; }

    public ReadOnlyMemory<char>? Mid { get; set; }

    public int MidLine { get; set; }

    public ReadOnlyMemory<char>? UsernameFragment { get; set; }

    public int UsernameFragmentLine { get; set; }

    public ReadOnlyMemory<char>? Password { get; set; }

    public int PasswordLine { get; set; }

    /// <summary>The first one that can be read; there may be several (RFC 8122 section 5).</summary>
    public Fingerprint? Fingerprint { get; set; }

    /// <summary>Of the first one, readable or not; 0 when there is none.</summary>
    public int FingerprintLine { get; set; }

    public ReadOnlyMemory<char>? Setup { get; set; }

    public int SetupLine { get; set; }

    public bool RtcpMux { get; set; }

    public bool BundleOnly { get; set; }

    public MediaDirection Direction { get; set; }

    public int DirectionLine { get; set; }

    public byte? AudioLevelExtensionId { get; set; }

    public uint? Ssrc { get; set; }

    public ReadOnlyMemory<char>? Cname { get; set; }

    /// <summary>Of the first <c>a=candidate</c> that cannot be read; 0 when there is none.</summary>
    public int BadCandidateLine { get; set; }

    public PayloadTypeSet Opus { get; set; }

    public PayloadTypeSet Red { get; set; }

    /// <summary>Payload types of retransmissions (RFC 4588 8.6).</summary>
    public PayloadTypeSet Rtx { get; set; }

    /// <summary>Payload types whose packets are asked for again when they are missed (RFC 4585 4.2).</summary>
    public PayloadTypeSet Nack { get; set; }

    /// <summary>Which payload type (the second one) a retransmission's is for, in the order of the description.</summary>
    public List<(byte PayloadType, byte Associated)> Associations { get; } = [];

    /// <summary>True for a payload type of the m-line.</summary>
    public bool Lists(byte payloadType) => new PayloadTypeSet().With(payloadType).FirstOf(Formats.Span) is not null;

    /// <returns>The payload type as which packets of that one are sent again, if there is one in the m-line.</returns>
    public byte? RtxOf(byte payloadType)
    {
        foreach ((byte rtx, byte associated) in Associations)
        {
            if (associated == payloadType && Rtx.Contains(rtx) && Lists(rtx))
                return rtx;
        }

        return null;
    }

    /// <summary>Port 0 rejects a section (RFC 3264 section 6), save for one that lives in its bundle only (RFC 8843 section 6).</summary>
    public bool IsRejected => Port == 0 && !BundleOnly;
}
