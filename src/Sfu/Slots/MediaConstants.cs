namespace Sfu.Slots;

/// <summary>What is the same for every listener of every room, so that an offer is a template and a packet is built once.</summary>
public static class MediaConstants
{
    /// <summary>Hz; RTP clock rate of Opus (RFC 7587 4.1).</summary>
    public const int ClockRate = 48_000;

    public const byte OpusPayloadType = 111;

    public const byte RedPayloadType = 63;

    /// <summary>Of the retransmission of Opus packets (RFC 4588).</summary>
    public const byte OpusRtxPayloadType = 112;

    /// <summary>Of the retransmission of RED packets.</summary>
    public const byte RedRtxPayloadType = 113;

    /// <summary>Header-extension id of <c>urn:ietf:params:rtp-hdrext:ssrc-audio-level</c> (RFC 6464).</summary>
    public const byte AudioLevelExtensionId = 1;

    public const int DefaultSlots = 3;

    public const int MaxSlots = 12;

    /// <summary>The SSRC that our receiver reports to publishers carry as their sender.</summary>
    public const uint ReceiverSsrc = 0x5F_55_00_00;

    /// <summary>The largest Opus payload that is forwarded, in bytes: one datagram stays below 1,200 with everything around it.</summary>
    public const int MaxPayload = 1_100;

    /// <summary>The canonical name of everything that we send (RFC 3550 6.5.1).</summary>
    public static ReadOnlySpan<byte> Cname => "sfu"u8;

    /// <param name="slot">0..<see cref="MaxSlots"/> - 1.</param>
    public static uint SlotSsrc(int slot) => ReceiverSsrc + 1 + (uint)slot;

    /// <summary>The stream on which packets of a slot are sent again to listeners that take RTX (RFC 4588 section 5: session-multiplexing by SSRC).</summary>
    /// <param name="slot">0..<see cref="MaxSlots"/> - 1.</param>
    public static uint RtxSsrc(int slot) => ReceiverSsrc + 0x101 + (uint)slot;
}
