using Microsoft.Extensions.Primitives;
using Sfu.Signalling.Messages;

namespace Sfu.Signalling.Whip;

/// <summary>STUN and TURN servers as <c>Link</c> headers (RFC 9725 section 4.6).</summary>
internal static class IceServerLinks
{
    public static StringValues Of(IEnumerable<IceServerDto> servers) =>
        new([.. servers.SelectMany(server => server.Urls.Select(url => $"<{url}>; rel=\"ice-server\"{CredentialOf(server)}"))]);

    private static string CredentialOf(IceServerDto server) =>
        server.Username is null || server.Credential is null
            ? ""
            : $"; username={Quoted(server.Username)}; credential={Quoted(server.Credential)}; credential-type=\"password\"";

    /// <summary>RFC 9110 5.6.4.</summary>
    private static string Quoted(string text) => $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
