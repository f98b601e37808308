namespace Sfu.Slots;

/// <summary>How one listener gets slot packets: the same payload as everybody, behind a header with numbers of its own.</summary>
/// <remarks>A client that offers (WHEP) chooses the numbers; one that answers keeps ours, and its packets go out as they were built.</remarks>
public sealed record ListenerFormat
{
    /// <summary>In place of an extension id: there is none (RFC 8285 4.2 reserves 0 for padding).</summary>
    public const byte NoExtension = 0;

    /// <summary>Of who answers our offer with Opus and the audio level, and nothing else.</summary>
    public static readonly ListenerFormat Usual = new();

    // By what was answered: thousands of listeners share these.
    private static readonly ListenerFormat[] OfAnswers = [.. Enumerable.Range(0, 32).Select(answered => Usual with
    {
        LevelExtensionId = (answered & 1) != 0 ? MediaConstants.AudioLevelExtensionId : NoExtension,
        RedPayloadType = (answered & 2) != 0 ? MediaConstants.RedPayloadType : null,
        TakesNack = (answered & 4) != 0,
        OpusRtxPayloadType = (answered & 8) != 0 ? MediaConstants.OpusRtxPayloadType : null,
        RedRtxPayloadType = (answered & 16) != 0 ? MediaConstants.RedRtxPayloadType : null,
    })];

    /// <summary>0..127.</summary>
    public byte OpusPayloadType { get; init; } = MediaConstants.OpusPayloadType;

    /// <summary>Of the audio level (RFC 6464): 1..14, or <see cref="NoExtension"/> for a listener that did not negotiate it.</summary>
    public byte LevelExtensionId { get; init; } = MediaConstants.AudioLevelExtensionId;

    /// <summary>Null for a listener that takes no RED (RFC 2198); it never gets any then.</summary>
    public byte? RedPayloadType { get; init; }

    /// <summary>The listener asks for what it misses (RFC 4585), and is sent it again.</summary>
    public bool TakesNack { get; init; }

    /// <summary>As what Opus packets are sent again (RFC 4588); null for a listener that gets the same bytes once more.</summary>
    public byte? OpusRtxPayloadType { get; init; }

    /// <summary>The same for RED packets.</summary>
    public byte? RedRtxPayloadType { get; init; }

    /// <summary>One stream, with the SSRC of the first slot, that carries whoever is the dominant speaker; for a listener with one m-line.</summary>
    public bool FollowsDominant { get; init; }

    /// <summary>What an answer to our offer takes of it; the numbers are ours.</summary>
    internal static ListenerFormat OfAnswer(bool level, bool red, bool nack, bool opusRtx, bool redRtx) =>
        OfAnswers[(level ? 1 : 0) | (red ? 2 : 0) | (nack ? 4 : 0) | (opusRtx ? 8 : 0) | (redRtx ? 16 : 0)];

    internal byte? RtxPayloadTypeOf(SlotForm form) => form == SlotForm.Red ? RedRtxPayloadType : OpusRtxPayloadType;

    /// <summary>The blocks of a RED payload, which all share, name our payload type of Opus.</summary>
    internal bool TakesRed => RedPayloadType is not null && OpusPayloadType == MediaConstants.OpusPayloadType;

    /// <summary>Packets go out as they were built.</summary>
    internal bool HasUsualHeaders =>
        OpusPayloadType == MediaConstants.OpusPayloadType
        && LevelExtensionId == MediaConstants.AudioLevelExtensionId
        && RedPayloadType is null or MediaConstants.RedPayloadType
        && !FollowsDominant;
}
