namespace Sfu.Rtp;

/// <summary>The element formats of RFC 8285.</summary>
internal static class HeaderExtensions
{
    /// <summary>"Defined by profile" of the one-byte form (RFC 8285 4.2).</summary>
    public const ushort OneByteProfile = 0xBEDE;

    /// <summary>"Defined by profile" of the two-byte form without its four application bits (RFC 8285 4.3).</summary>
    public const ushort TwoByteProfile = 0x1000;

    public const ushort TwoByteProfileMask = 0xFFF0;

    public const int OneByteIdShift = 4;
    public const int OneByteLengthMask = 0x0F;

    /// <summary>An id of the one-byte form that ends the elements (RFC 8285 4.2).</summary>
    public const byte OneByteStopId = 15;

    /// <summary>A byte of this value is padding between elements in either form.</summary>
    private const byte PaddingId = 0;

    public static bool TryFind(ushort profile, ReadOnlySpan<byte> elements, byte id, out ReadOnlySpan<byte> data)
    {
        data = default;
        if (id == PaddingId)
            return false;
        if (profile == OneByteProfile)
            return TryFindOneByte(elements, id, out data);
        return (profile & TwoByteProfileMask) == TwoByteProfile && TryFindTwoByte(elements, id, out data);
    }

    private static bool TryFindOneByte(ReadOnlySpan<byte> elements, byte id, out ReadOnlySpan<byte> data)
    {
        data = default;
        int at = 0;
        while (at < elements.Length)
        {
            byte head = elements[at++];
            if (head == PaddingId)
                continue;

            int elementId = head >> OneByteIdShift;
            int length = (head & OneByteLengthMask) + 1;
            if (elementId == OneByteStopId || length > elements.Length - at)
                return false;
            if (elementId == id)
            {
                data = elements.Slice(at, length);
                return true;
            }

            at += length;
        }

        return false;
    }

    private static bool TryFindTwoByte(ReadOnlySpan<byte> elements, byte id, out ReadOnlySpan<byte> data)
    {
        data = default;
        int at = 0;
        while (at < elements.Length)
        {
            byte elementId = elements[at++];
            if (elementId == PaddingId)
                continue;
            if (at == elements.Length)
                return false;

            int length = elements[at++];
            if (length > elements.Length - at)
                return false;
            if (elementId == id)
            {
                data = elements.Slice(at, length);
                return true;
            }

            at += length;
        }

        return false;
    }
}
