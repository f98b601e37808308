namespace Sfu.LoadTest.Tests.Signalling;

/// <summary>As Janus 1.1.2 writes it for a mountpoint with one Opus stream.</summary>
internal static class JanusOffer
{
    public const uint Ssrc = 2_530_220_801;

    public static readonly string Text = string.Join(
        "\r\n",
        "v=0", "o=- 1795564837335362 1 IN IP4 127.0.0.1", "s=Mountpoint 1", "t=0 0", "a=group:BUNDLE a", "a=ice-options:trickle",
        "a=fingerprint:sha-256 EC:83:60:CE:5A:C5:00:5D:AA:B0:0F:00:21:71:21:88:BA:B2:8F:35:B0:02:87:67:F7:1F:05:1D:35:5C:81:20",
        "a=extmap-allow-mixed", "a=msid-semantic: WMS *", "a=ice-lite", "m=audio 9 UDP/TLS/RTP/SAVPF 111", "c=IN IP4 127.0.0.1", "a=sendonly",
        "a=mid:a", "a=rtcp-mux", "a=ice-ufrag:bjxO", "a=ice-pwd:A3z6bRZ18ihtgpwpVLUMbC", "a=ice-options:trickle", "a=setup:actpass",
        "a=rtpmap:111 opus/48000/2", "a=rtcp-fb:111 transport-cc", "a=extmap:4 urn:ietf:params:rtp-hdrext:sdes:mid", "a=msid:janus janusa",
        $"a=ssrc:{Ssrc} cname:janus", "a=candidate:1 1 udp 2015363839 10.200.0.1 36705 typ host", "a=end-of-candidates", "");
}
