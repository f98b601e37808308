using Sfu.Ice;
using Sfu.Slots;

namespace Sfu.Sdp;

/// <summary>A client's own offer that <see cref="OfferReader"/> has read: payload types, extension ids and mids are the client's.</summary>
public sealed class ClientOffer
{
    internal ClientOffer(OfferPurpose purpose, RemoteTransport transport, IReadOnlyList<OfferedSection> sections)
    {
        Purpose = purpose;
        Transport = transport;
        Sections = sections;
        Usable = sections.Count(section => section.IsUsable);
    }

    public OfferPurpose Purpose { get; }

    /// <summary>The client's.</summary>
    public IceCredentials Ice => Transport.Ice;

    internal RemoteTransport Transport { get; }

    /// <summary>All of them, in order: each one is answered.</summary>
    internal IReadOnlyList<OfferedSection> Sections { get; }

    /// <summary>At least 1.</summary>
    internal int Usable { get; }

    internal byte OpusPayloadType { get; init; }

    internal byte? RedPayloadType { get; init; }

    internal byte? AudioLevelExtensionId { get; init; }

    /// <summary>Whoever misses packets may ask for them (RFC 4585).</summary>
    internal bool Nack { get; init; }

    /// <summary>As what packets may be sent again (RFC 4588).</summary>
    internal byte? OpusRtxPayloadType { private get; init; }

    internal byte? RedRtxPayloadType { private get; init; }

    /// <summary>Of the stream that the client publishes; null when the offer does not say.</summary>
    internal uint? Ssrc { get; init; }

    internal string? Cname { get; init; }

    /// <summary>How many sections the answer takes: the first of those that are usable.</summary>
    /// <param name="slots">Of the room.</param>
    internal int Taken(int slots) => Purpose == OfferPurpose.Listen && !FollowsDominant(slots) ? slots : 1;

    /// <summary>
    /// A client that has no section for each slot hears the dominant speaker in its first one: with some of the slots it would not
    /// hear whoever speaks in another.
    /// </summary>
    internal bool FollowsDominant(int slots) => Purpose == OfferPurpose.Listen && Usable < slots;

    /// <summary>
    /// What comes up may be RED. What goes down may be for who keeps our payload type, which the blocks that all share name, and has
    /// the slots: those of one stream would reach back behind a switch.
    /// </summary>
    /// <param name="slots">Of the room.</param>
    internal byte? RedFor(int slots) =>
        Purpose == OfferPurpose.Publish || (OpusPayloadType == MediaConstants.OpusPayloadType && !FollowsDominant(slots)) ? RedPayloadType : null;

    /// <summary>
    /// What goes down and was asked for goes out as the client wants it; what comes up and is asked for may come as the same bytes.
    /// </summary>
    internal byte? OpusRtx => Purpose == OfferPurpose.Listen && Nack ? OpusRtxPayloadType : null;

    /// <inheritdoc cref="OpusRtx"/>
    internal byte? RedRtxFor(int slots) => Purpose == OfferPurpose.Listen && Nack && RedFor(slots) is not null ? RedRtxPayloadType : null;

    /// <summary>What a peer needs to know, as if our offer had been answered.</summary>
    /// <param name="slots">Of the room.</param>
    internal Answer ToAnswer(int slots)
    {
        bool publishes = Purpose == OfferPurpose.Publish;
        return new Answer(
            Ice,
            Transport.Fingerprint,
            publishes,
            publishes ? Ssrc : null,
            publishes ? Cname : null,
            OpusPayloadType,
            publishes ? RedFor(slots) : null,
            publishes ? AudioLevelExtensionId : null,
            publishes ? 0 : (1u << slots) - 1)
        {
            MicrophoneNack = publishes && Nack,
            Format = publishes ? ListenerFormat.Usual : new ListenerFormat
            {
                OpusPayloadType = OpusPayloadType,
                LevelExtensionId = AudioLevelExtensionId ?? ListenerFormat.NoExtension,
                RedPayloadType = RedFor(slots),
                TakesNack = Nack,
                OpusRtxPayloadType = OpusRtx,
                RedRtxPayloadType = RedRtxFor(slots),
                FollowsDominant = FollowsDominant(slots),
            },
        };
    }
}
