using System.Diagnostics.CodeAnalysis;

namespace Sfu.Ice;

/// <summary>Compares fragments with their bytes on the wire; ice-chars are ASCII, so a char is a byte.</summary>
internal sealed class FragmentComparer : IEqualityComparer<string>, IAlternateEqualityComparer<ReadOnlySpan<byte>, string>
{
    public static readonly FragmentComparer Instance = new();

    private const uint HashStart = 2_166_136_261;
    private const uint HashPrime = 16_777_619;

    public bool Equals(string? x, string? y) => string.Equals(x, y, StringComparison.Ordinal);

    public int GetHashCode([DisallowNull] string obj)
    {
        uint hash = HashStart;
        foreach (char c in obj)
            hash = (hash ^ c) * HashPrime;

        return (int)hash;
    }

    public bool Equals(ReadOnlySpan<byte> alternate, string other) =>
        System.Text.Ascii.Equals(alternate, other.AsSpan());

    public int GetHashCode(ReadOnlySpan<byte> alternate)
    {
        uint hash = HashStart;
        foreach (byte c in alternate)
            hash = (hash ^ c) * HashPrime;

        return (int)hash;
    }

    /// <summary>For insertion by bytes, which nobody does.</summary>
    public string Create(ReadOnlySpan<byte> alternate) => System.Text.Encoding.ASCII.GetString(alternate);
}
