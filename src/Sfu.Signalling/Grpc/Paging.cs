using System.Buffers.Text;
using System.Text;

namespace Sfu.Signalling.Grpc;

/// <summary>Sizes of pages, and marks of where the next one begins.</summary>
internal static class Paging
{
    public const int Most = 200;
    private const int Default = 50;
    private const string TokenField = "page_token";
    private const int LongestToken = 2_048;

    public static int Size(int asked, Violations violations)
    {
        violations.Range("page_size", asked, 0, Most);
        return asked == 0 ? Default : asked;
    }

    public static string Encode(string? mark) => mark is null ? "" : Base64Url.EncodeToString(Encoding.UTF8.GetBytes(mark));

    /// <returns>Null for the first page.</returns>
    public static string? Decode(string token, Violations violations)
    {
        if (token.Length == 0)
            return null;
        if (token.Length <= LongestToken && Base64Url.IsValid(token))
            return Encoding.UTF8.GetString(Base64Url.DecodeFromChars(token));
        violations.Add(TokenField, "is none that this server gave");
        return null;
    }
}
