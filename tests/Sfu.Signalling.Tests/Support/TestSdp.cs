using System.Text.Json.Nodes;
using Sfu.Dtls;
using Sfu.Ice;
using Sfu.TestKit.Sdp;

namespace Sfu.Signalling.Tests.Support;

internal static class TestSdp
{
    public static string Answer() => new TestAnswer(IceCredentials.Create(), Fingerprint.OfCertificate("a certificate"u8)).ToString();

    /// <summary>What an encoder or a player offers that has one m-line, a payload type of its own and no extension.</summary>
    public static string Offer(string direction, IceCredentials? ice = null)
    {
        ice ??= IceCredentials.Create();
        return $"""
            v=0
            o=- 1 1 IN IP4 127.0.0.1
            s=-
            t=0 0
            a=group:BUNDLE audio0
            m=audio 9 UDP/TLS/RTP/SAVPF 97
            c=IN IP4 0.0.0.0
            a=mid:audio0
            a=ice-ufrag:{ice.UsernameFragment}
            a=ice-pwd:{ice.Password}
            a=fingerprint:{Fingerprint.OfCertificate("a certificate"u8)}
            a=setup:actpass
            a=rtcp-mux
            a={direction}
            a=rtpmap:97 OPUS/48000/2

            """.ReplaceLineEndings("\r\n");
    }

    /// <summary>The first line that starts so.</summary>
    public static string Line(JsonObject offer, string start) =>
        ((string)offer["sdp"]!).Split("\r\n").First(line => line.StartsWith(start, StringComparison.Ordinal));
}
