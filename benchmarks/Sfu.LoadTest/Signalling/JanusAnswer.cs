using Sfu.Dtls;
using Sfu.Ice;

namespace Sfu.LoadTest.Signalling;

/// <summary>The answer to the one section of Janus's offer.</summary>
/// <remarks>
/// It names no candidates: Janus learns the address from the client's checks. It sends a check of its own back, although lite, and
/// waits for the answer to that before it takes part in DTLS (libnice 0.1.21).
/// </remarks>
internal static class JanusAnswer
{
    private const string Mid = "a=mid:";

    /// <param name="offer">Opus is 111 there.</param>
    public static string Write(string offer, IceCredentials local, Fingerprint fingerprint)
    {
        string mid = offer.Split("\r\n").FirstOrDefault(line => line.StartsWith(Mid, StringComparison.Ordinal))?[Mid.Length..]
            ?? throw new SignallingException($"The offer has no {Mid}");
        return string.Join(
            "\r\n",
            "v=0",
            "o=- 1 1 IN IP4 127.0.0.1",
            "s=-",
            "t=0 0",
            "a=group:BUNDLE " + mid,
            "m=audio 9 UDP/TLS/RTP/SAVPF 111",
            "c=IN IP4 0.0.0.0",
            Mid + mid,
            "a=recvonly",
            "a=rtcp-mux",
            "a=ice-ufrag:" + local.UsernameFragment,
            "a=ice-pwd:" + local.Password,
            "a=fingerprint:" + fingerprint,
            "a=setup:active",
            "a=rtpmap:111 opus/48000/2",
            "");
    }
}
