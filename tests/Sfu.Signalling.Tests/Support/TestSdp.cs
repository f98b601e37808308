using System.Text.Json.Nodes;
using Sfu.Dtls;
using Sfu.Ice;
using Sfu.TestKit.Sdp;

namespace Sfu.Signalling.Tests.Support;

internal static class TestSdp
{
    public static string Answer() => new TestAnswer(IceCredentials.Create(), Fingerprint.OfCertificate("a certificate"u8)).ToString();

    /// <summary>The first line that starts so.</summary>
    public static string Line(JsonObject offer, string start) =>
        ((string)offer["sdp"]!).Split("\r\n").First(line => line.StartsWith(start, StringComparison.Ordinal));
}
