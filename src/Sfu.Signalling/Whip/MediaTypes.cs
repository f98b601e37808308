using Microsoft.Net.Http.Headers;

namespace Sfu.Signalling.Whip;

/// <summary>What bodies are.</summary>
internal static class MediaTypes
{
    public const string Sdp = "application/sdp";
    public const string Fragment = "application/trickle-ice-sdpfrag";
    public const string Problem = "application/problem+json";

    /// <summary>Parameters such as a charset do not matter.</summary>
    public static bool Is(string? contentType, string expected) =>
        MediaTypeHeaderValue.TryParse(contentType, out MediaTypeHeaderValue? type) && type.MediaType.Equals(expected, StringComparison.OrdinalIgnoreCase);

    /// <summary>A request that does not say takes anything (RFC 9110 12.5.1).</summary>
    public static bool Accepts(HttpRequest request, string type)
    {
        IList<MediaTypeHeaderValue> accepted = request.GetTypedHeaders().Accept;
        var offered = new MediaTypeHeaderValue(type);
        return accepted.Count == 0 || accepted.Any(range => range.Quality is not 0 && offered.IsSubsetOf(WithoutParameters(range)));
    }

    private static MediaTypeHeaderValue WithoutParameters(MediaTypeHeaderValue range) => new(range.MediaType);
}
