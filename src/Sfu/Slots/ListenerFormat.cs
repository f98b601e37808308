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
    private static readonly ListenerFormat[] OfAnswers = [.. Enumerable.Range(0, 8).Select(answered => Usual with
    {
        LevelExtensionId = (answered & 1) != 0 ? MediaConstants.AudioLevelExtensionId : NoExtension,
        RedPayloadType = (answered & 2) != 0 ? MediaConstants.RedPayloadType : null,
        TakesNack = (answered & 4) != 0,
    })];

    /// <summary>0..127.</summary>
    public byte OpusPayloadType { get; init; } = MediaConstants.OpusPayloadType;

    /// <summary>Of the audio level (RFC 6464): 1..14, or <see cref="NoExtension"/> for a listener that did not negotiate it.</summary>
    public byte LevelExtensionId { get; init; } = MediaConstants.AudioLevelExtensionId;

    /// <summary>Null for a listener that takes no RED (RFC 2198); it never gets any then.</summary>
    public byte? RedPayloadType { get; init; }

    /// <summary>The listener asks for what it misses (RFC 4585), and is sent the same packets again.</summary>
    public bool TakesNack { get; init; }

    /// <summary>One stream, with the SSRC of the first slot, that carries whoever is the dominant speaker; for a listener with one m-line.</summary>
    public bool FollowsDominant { get; init; }

    /// <summary>What an answer to our offer takes of it; the numbers are ours.</summary>
    internal static ListenerFormat OfAnswer(bool level, bool red, bool nack) =>
        OfAnswers[(level ? 1 : 0) | (red ? 2 : 0) | (nack ? 4 : 0)];

    /// <summary>The blocks of a RED payload, which all share, name our payload type of Opus.</summary>
    internal bool TakesRed => RedPayloadType is not null && OpusPayloadType == MediaConstants.OpusPayloadType;

    /// <summary>Packets go out as they were built.</summary>
    internal bool HasUsualHeaders =>
        OpusPayloadType == MediaConstants.OpusPayloadType
        && LevelExtensionId == MediaConstants.AudioLevelExtensionId
        && RedPayloadType is null or MediaConstants.RedPayloadType
        && !FollowsDominant;
}
