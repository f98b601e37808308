namespace Sfu.Sdp;

/// <summary>Payload types, 0..127.</summary>
internal readonly record struct PayloadTypeSet(UInt128 Bits)
{
    public const byte Max = 127;

    public static readonly PayloadTypeSet All = new(UInt128.MaxValue);

    private const byte FirstTakenByRtcp = 64;
    private const byte LastTakenByRtcp = 95;

    /// <summary>With RTP and RTCP on one port these payload types look like RTCP packet types (RFC 5761 section 4).</summary>
    public static bool LooksLikeRtcp(byte payloadType) => payloadType is >= FirstTakenByRtcp and <= LastTakenByRtcp;

    public bool Contains(byte payloadType) => payloadType <= Max && (Bits >> payloadType & 1) != 0;

    public PayloadTypeSet With(byte payloadType) => new(Bits | UInt128.One << payloadType);

    /// <param name="formats">Numbers with spaces between them, as an m-line has them; what is no payload type is passed over.</param>
    /// <returns>The first one of the list that is in the set, which is the one its writer prefers.</returns>
    public byte? FirstOf(ReadOnlySpan<char> formats)
    {
        foreach (Range range in formats.Split(' '))
        {
            if (byte.TryParse(formats[range], out byte payloadType) && Contains(payloadType))
                return payloadType;
        }

        return null;
    }
}
