namespace Sfu.Tests.Sdp;

/// <summary>
/// Offers in the shape that clients make them: order of lines, levels of attributes, letter case and numbers are theirs; names of
/// hosts, and codecs of video, are left out.
/// </summary>
internal static class ClientOffers
{
    private const string Sha256 =
        "19:E2:1C:3B:4B:9F:81:E6:B8:5C:F4:A5:A8:D8:73:04:BB:05:2F:70:9F:04:A9:0E:05:E9:26:33:E8:70:88:A2";

    /// <summary>A page that publishes audio and video.</summary>
    public const string ChromiumPublisher =
        $"""
        v=0
        o=- 3097471931522629837 2 IN IP4 127.0.0.1
        s=-
        t=0 0
        a=group:BUNDLE 0 1
        a=extmap-allow-mixed
        a=msid-semantic: WMS
        m=audio 9 UDP/TLS/RTP/SAVPF 111 63 9 0 8 13 110 126
        c=IN IP4 0.0.0.0
        a=rtcp:9 IN IP4 0.0.0.0
        a=ice-ufrag:DWnh
        a=ice-pwd:kp7xEpAyeJ1DZZozdtZlqY33
        a=ice-options:trickle
        a=fingerprint:sha-256 {Sha256}
        a=setup:actpass
        a=mid:0
        a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level
        a=extmap:2 http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time
        a=extmap:4 urn:ietf:params:rtp-hdrext:sdes:mid
        a=sendonly
        a=msid:- 962da173-f471-4a3d-a785-36ffb8971efc
        a=rtcp-mux
        a=rtcp-rsize
        a=rtcp-xr:rcvr-rtt=all
        a=rtpmap:111 opus/48000/2
        a=rtcp-fb:111 transport-cc
        a=fmtp:111 minptime=10;useinbandfec=1
        a=rtpmap:63 red/48000/2
        a=fmtp:63 111/111
        a=rtpmap:9 G722/8000
        a=rtpmap:0 PCMU/8000
        a=rtpmap:8 PCMA/8000
        a=rtpmap:13 CN/8000
        a=rtpmap:110 telephone-event/48000
        a=rtpmap:126 telephone-event/8000
        a=ssrc:3445259189 cname:jEDmfWqqRZ0byR2h
        a=ssrc:3445259189 msid:- 962da173-f471-4a3d-a785-36ffb8971efc
        m=video 9 UDP/TLS/RTP/SAVPF 96 97
        c=IN IP4 0.0.0.0
        a=rtcp:9 IN IP4 0.0.0.0
        a=ice-ufrag:DWnh
        a=ice-pwd:kp7xEpAyeJ1DZZozdtZlqY33
        a=ice-options:trickle
        a=fingerprint:sha-256 {Sha256}
        a=setup:actpass
        a=mid:1
        a=extmap:4 urn:ietf:params:rtp-hdrext:sdes:mid
        a=sendonly
        a=msid:- cf46cde0-c797-4e0b-8cf2-c7ddeadf581a
        a=rtcp-mux
        a=rtcp-rsize
        a=rtpmap:96 VP8/90000
        a=rtpmap:97 rtx/90000
        a=fmtp:97 apt=96
        a=ssrc-group:FID 4223071348 1932933588
        a=ssrc:4223071348 cname:jEDmfWqqRZ0byR2h
        a=ssrc:1932933588 cname:jEDmfWqqRZ0byR2h

        """;

    /// <summary>A page that listens on three m-lines and has a data channel.</summary>
    public static readonly string ChromiumListener = string.Concat(
        Session("0 1 2 3"), ChromiumSlot(0), ChromiumSlot(1), ChromiumSlot(2),
        """
        m=application 9 UDP/DTLS/SCTP webrtc-datachannel
        c=IN IP4 0.0.0.0
        a=ice-ufrag:2DYk
        a=ice-pwd:L+R+85soD4O3r+c9lA3ju4c7
        a=mid:3
        a=sctp-port:5000
        a=max-message-size:262144

        """);

    /// <summary>109 is Opus, 9 and what follows it are not; the fingerprint and a direction stand for the session.</summary>
    public const string FirefoxListener =
        $$"""
        v=0
        o=mozilla...THIS_IS_SDPARTA-99.0 6512341234123412341 0 IN IP4 0.0.0.0
        s=-
        t=0 0
        a=sendrecv
        a=fingerprint:sha-256 {{Sha256}}
        a=group:BUNDLE 0
        a=ice-options:trickle
        a=msid-semantic:WMS *
        m=audio 9 UDP/TLS/RTP/SAVPF 109 9 0 8 101
        c=IN IP4 0.0.0.0
        a=recvonly
        a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level
        a=extmap:2/recvonly urn:ietf:params:rtp-hdrext:csrc-audio-level
        a=extmap:3 urn:ietf:params:rtp-hdrext:sdes:mid
        a=fmtp:109 maxplaybackrate=48000;stereo=1;useinbandfec=1
        a=fmtp:101 0-15
        a=ice-pwd:0a1b2c3d4e5f60718293a4b5c6d7e8f9
        a=ice-ufrag:0a1b2c3d
        a=mid:0
        a=rtcp-mux
        a=rtpmap:109 opus/48000/2
        a=rtpmap:9 G722/8000/1
        a=rtpmap:0 PCMU/8000
        a=rtpmap:8 PCMA/8000
        a=rtpmap:101 telephone-event/8000
        a=setup:actpass
        a=ssrc:1122334455 cname:{1d3f4a9e-0c1b-4b6e-8a57-4e5f6a7b8c9d}

        """;

    /// <summary>webrtcbin 1.22: sendrecv unless it is told otherwise, OPUS, no extensions, a named mid.</summary>
    public const string GStreamerPublisher =
        $"""
        v=0
        o=- 5682700063908876592 0 IN IP4 0.0.0.0
        s=-
        t=0 0
        a=ice-options:trickle
        a=group:BUNDLE audio0
        m=audio 9 UDP/TLS/RTP/SAVPF 97
        c=IN IP4 0.0.0.0
        a=setup:actpass
        a=ice-ufrag:40dsWiLPz6UcINEqff8Ive/PBgQp65MT
        a=ice-pwd:GbE/ajfdPNMj7fHS1y3qWvdEMUQFGqXc
        a=rtcp-mux
        a=rtcp-rsize
        a=sendrecv
        a=rtpmap:97 OPUS/48000/2
        a=rtcp-fb:97 transport-cc
        a=fmtp:97 sprop-stereo=0;sprop-maxcapturerate=48000
        a=ssrc:1043419723 msid:user1091004144@host webrtctransceiver0
        a=ssrc:1043419723 cname:user1091004144@host
        a=mid:audio0
        a=fingerprint:sha-256 {Sha256}
        a=rtcp-mux-only

        """;

    /// <summary>Version 1.4: bundled, and yet a transport for each section; video before audio.</summary>
    public const string AiortcListener =
        $"""
        v=0
        o=- 4004567435 4004567435 IN IP4 0.0.0.0
        s=-
        t=0 0
        a=group:BUNDLE 0 1
        a=msid-semantic:WMS *
        m=video 49637 UDP/TLS/RTP/SAVPF 97 98
        c=IN IP4 192.0.2.10
        a=recvonly
        a=mid:0
        a=rtcp-mux
        a=rtpmap:97 VP8/90000
        a=rtpmap:98 rtx/90000
        a=fmtp:98 apt=97
        a=ice-ufrag:SaJX
        a=ice-pwd:FDrM6g6wOVVb5BgNuMXTjV
        a=fingerprint:sha-256 {Sha256}
        a=setup:actpass
        m=audio 57508 UDP/TLS/RTP/SAVPF 96 0 8
        c=IN IP4 192.0.2.10
        a=recvonly
        a=extmap:1 urn:ietf:params:rtp-hdrext:sdes:mid
        a=extmap:2 urn:ietf:params:rtp-hdrext:ssrc-audio-level
        a=mid:1
        a=msid:b9509611-5643-4262-97e4-b4224c171960 fdd3a1f6-d8b9-4336-bf07-5d3b00d57cc9
        a=rtcp:9 IN IP4 0.0.0.0
        a=rtcp-mux
        a=ssrc:3006082252 cname:cd47bffa-7ea7-48d2-96ca-1130cd804554
        a=rtpmap:96 opus/48000/2
        a=rtpmap:0 PCMU/8000
        a=rtpmap:8 PCMA/8000
        a=candidate:f957a2332b1715da3b0ef8ba684454eb 1 udp 2130706431 192.0.2.10 57508 typ host
        a=end-of-candidates
        a=ice-ufrag:23aX
        a=ice-pwd:gbEOoHTbmzioVhtk3tSY71
        a=fingerprint:sha-256 {Sha256}
        a=setup:actpass

        """;

    /// <summary>The least that an encoder can say: one m-line without a mid, and no direction.</summary>
    public const string Bare =
        $"""
        v=0
        o=- 1 1 IN IP4 127.0.0.1
        s=-
        t=0 0
        a=ice-ufrag:bare
        a=ice-pwd:barepassword0000000022
        a=fingerprint:sha-256 {Sha256}
        a=setup:active
        m=audio 9 UDP/TLS/RTP/SAVPF 100
        c=IN IP4 0.0.0.0
        a=rtcp-mux
        a=rtpmap:100 opus/48000/2

        """;

    private static string Session(string mids) =>
        $"""
        v=0
        o=- 3783734369223498600 2 IN IP4 127.0.0.1
        s=-
        t=0 0
        a=group:BUNDLE {mids}
        a=extmap-allow-mixed
        a=msid-semantic: WMS

        """;

    private static string ChromiumSlot(int mid) =>
        $"""
        m=audio 9 UDP/TLS/RTP/SAVPF 111 63 9 0 8 13 110 126
        c=IN IP4 0.0.0.0
        a=rtcp:9 IN IP4 0.0.0.0
        a=ice-ufrag:2DYk
        a=ice-pwd:L+R+85soD4O3r+c9lA3ju4c7
        a=ice-options:trickle
        a=fingerprint:sha-256 {Sha256}
        a=setup:actpass
        a=mid:{mid}
        a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level
        a=extmap:4 urn:ietf:params:rtp-hdrext:sdes:mid
        a=recvonly
        a=rtcp-mux
        a=rtpmap:111 opus/48000/2
        a=fmtp:111 minptime=10;useinbandfec=1
        a=rtpmap:63 red/48000/2
        a=fmtp:63 111/111

        """;
}
