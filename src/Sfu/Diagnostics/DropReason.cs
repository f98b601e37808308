namespace Sfu.Diagnostics;

/// <summary>Why bytes that arrived, or were to leave, went nowhere. Each value is a metric label.</summary>
public enum DropReason : byte
{
    /// <summary>Not dropped.</summary>
    None = 0,

    // Demultiplexing (RFC 7983)
    EmptyDatagram,
    UnknownProtocol,
    UnknownSender,

    // STUN and ICE (RFC 8489, RFC 8445)
    StunMalformed,
    StunBadFingerprint,
    StunUnexpectedType,
    StunUnknownUser,
    StunBadIntegrity,
    StunUnknownAttribute,
    StunRoleConflict,

    /// <summary>A check from an address that another client is heard from.</summary>
    StunPathTaken,

    // DTLS (RFC 6347)
    DtlsMalformed,
    DtlsUnexpected,
    DtlsQueueFull,
    DtlsFailed,
    DtlsFingerprintMismatch,

    // SRTP (RFC 3711)
    SrtpNoKeys,
    SrtpTooShort,
    SrtpAuthenticationFailed,
    SrtpReplayed,
    SrtpTooOld,
    SrtpTooManySsrcs,

    // RTP, RED and RTCP (RFC 3550, RFC 8285, RFC 2198)
    RtpMalformed,
    RtpUnknownPayloadType,
    RtpUnknownSsrc,
    RtpPayloadTooLarge,

    /// <summary>More packets a second than a microphone makes.</summary>
    RtpTooMany,

    /// <summary>It came after RED had brought it (RFC 2198), or twice.</summary>
    RtpRecovered,
    RedMalformed,
    RtcpMalformed,

    // Rooms and slots
    NotOnStage,
    Muted,
    NotSelected,
    NoPayload,
    Late,

    // Retransmission (RFC 4585): why a packet was not sent again
    NackNotNegotiated,

    /// <summary>No such packet was sent, or what it was sent as cannot be told any more.</summary>
    NackUnknownPacket,

    /// <summary>It would arrive too late to be played.</summary>
    NackTooLate,

    /// <summary>It was sent again as often as a packet may be.</summary>
    NackRepeated,
    NackListenerBudget,
    NackWorkerBudget,

    // Fan-out and sockets
    ListenerBehind,
    MailboxFull,

    /// <summary>The room or the peer went while bytes for it crossed from another thread.</summary>
    UnknownTarget,
    SendWouldBlock,
    SendNoBuffers,
    SendRefused,
    SendFailed,
    DatagramTruncated,

    /// <summary>The number of values; not a reason.</summary>
    Count,
}
