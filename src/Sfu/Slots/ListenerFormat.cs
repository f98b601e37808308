namespace Sfu.Slots;

/// <summary>How one listener gets slot packets: the same payload as everybody, behind a header with numbers of its own.</summary>
/// <remarks>A client that offers (WHEP) chooses the numbers; one that answers keeps ours, and its packets go out as they were built.</remarks>
public sealed record ListenerFormat
{
    /// <summary>In place of an extension id: there is none (RFC 8285 4.2 reserves 0 for padding).</summary>
    public const byte NoExtension = 0;

    /// <summary>Of who answers our offer.</summary>
    public static readonly ListenerFormat Usual = new();

    /// <summary>0..127.</summary>
    public byte OpusPayloadType { get; init; } = MediaConstants.OpusPayloadType;

    /// <summary>Of the audio level (RFC 6464): 1..14, or <see cref="NoExtension"/> for a listener that did not negotiate it.</summary>
    public byte LevelExtensionId { get; init; } = MediaConstants.AudioLevelExtensionId;

    /// <summary>One stream, with the SSRC of the first slot, that carries whoever is the dominant speaker; for a listener with one m-line.</summary>
    public bool FollowsDominant { get; init; }
}
