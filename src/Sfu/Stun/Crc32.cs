namespace Sfu.Stun;

/// <summary>The CRC of ITU V.42 (reflected polynomial 0xEDB88320), which FINGERPRINT is made of (RFC 8489 section 14.7).</summary>
internal static class Crc32
{
    private const uint ReflectedPolynomial = 0xEDB8_8320;

    private static readonly uint[] Table = CreateTable();

    public static uint Compute(ReadOnlySpan<byte> bytes)
    {
        uint[] table = Table;
        uint crc = uint.MaxValue;
        foreach (byte value in bytes)
            crc = table[(byte)(crc ^ value)] ^ (crc >> 8);

        return ~crc;
    }

    private static uint[] CreateTable()
    {
        var table = new uint[256];
        for (uint i = 0; i < table.Length; i++)
        {
            uint remainder = i;
            for (int bit = 0; bit < 8; bit++)
                remainder = (remainder & 1) != 0 ? (remainder >> 1) ^ ReflectedPolynomial : remainder >> 1;

            table[i] = remainder;
        }

        return table;
    }
}
