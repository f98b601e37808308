namespace Sfu.Tests.Sdp;

/// <summary>
/// Answers to an offer with one slot in the shape that clients give them: order of lines, levels of attributes, letter
/// case and numbers are theirs, the values are made up.
/// </summary>
internal static class ClientAnswers
{
    private const string Sha256 =
        "19:E2:1C:3B:4B:9F:81:E6:B8:5C:F4:A5:A8:D8:73:04:BB:05:2F:70:9F:04:A9:0E:05:E9:26:33:E8:70:88:A2";

    private const string Sha384 =
        Sha256 + ":00:01:02:03:04:05:06:07:08:09:0A:0B:0C:0D:0E:0F";

    public const string Chromium =
        $"""
        v=0
        o=- 8213462183462183421 2 IN IP4 127.0.0.1
        s=-
        t=0 0
        a=group:BUNDLE 0 1
        a=extmap-allow-mixed
        a=msid-semantic: WMS
        m=audio 51472 UDP/TLS/RTP/SAVPF 111 63
        c=IN IP4 192.0.2.10
        a=rtcp:9 IN IP4 0.0.0.0
        a=candidate:3098175849 1 udp 2113937151 192.0.2.10 51472 typ host generation 0 network-cost 999
        a=ice-ufrag:Ab/d
        a=ice-pwd:q0Z+yTqBXdX1kYv0w3b/9aKc
        a=ice-options:trickle
        a=fingerprint:sha-256 {Sha256}
        a=setup:active
        a=mid:0
        a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level
        a=sendonly
        a=msid:- 9a0c6f0e-7b7c-4d8e-9f65-0b8a7f6a5c11
        a=rtcp-mux
        a=rtpmap:111 opus/48000/2
        a=fmtp:111 minptime=10;useinbandfec=1
        a=rtpmap:63 red/48000/2
        a=fmtp:63 111/111
        a=ssrc:1876543210 cname:8jB2c9nq0rZl3kVx
        m=audio 9 UDP/TLS/RTP/SAVPF 111 63
        c=IN IP4 0.0.0.0
        a=rtcp:9 IN IP4 0.0.0.0
        a=ice-ufrag:Ab/d
        a=ice-pwd:q0Z+yTqBXdX1kYv0w3b/9aKc
        a=ice-options:trickle
        a=fingerprint:sha-256 {Sha256}
        a=setup:active
        a=mid:1
        a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level
        a=recvonly
        a=rtcp-mux
        a=rtpmap:111 opus/48000/2
        a=fmtp:111 minptime=10;useinbandfec=1
        a=rtpmap:63 red/48000/2
        a=fmtp:63 111/111

        """;

    public const string Firefox =
        $$"""
        v=0
        o=mozilla...THIS_IS_SDPARTA-99.0 6512341234123412341 0 IN IP4 0.0.0.0
        s=-
        t=0 0
        a=sendrecv
        a=fingerprint:sha-256 {{Sha256}}
        a=group:BUNDLE 0 1
        a=ice-options:trickle
        a=msid-semantic:WMS *
        m=audio 9 UDP/TLS/RTP/SAVPF 111
        c=IN IP4 0.0.0.0
        a=sendonly
        a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level
        a=fmtp:111 maxplaybackrate=48000;stereo=1;useinbandfec=1
        a=ice-pwd:0a1b2c3d4e5f60718293a4b5c6d7e8f9
        a=ice-ufrag:0a1b2c3d
        a=mid:0
        a=msid:- {5f2b1c7e-8a2f-4d2f-9d0c-6b1f5a9c3e77}
        a=rtcp-mux
        a=rtpmap:111 opus/48000/2
        a=setup:active
        a=ssrc:3463951252 cname:{1d3f4a9e-0c1b-4b6e-8a57-4e5f6a7b8c9d}
        m=audio 9 UDP/TLS/RTP/SAVPF 111
        c=IN IP4 0.0.0.0
        a=recvonly
        a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level
        a=fmtp:111 maxplaybackrate=48000;stereo=1;useinbandfec=1
        a=ice-pwd:0a1b2c3d4e5f60718293a4b5c6d7e8f9
        a=ice-ufrag:0a1b2c3d
        a=mid:1
        a=rtcp-mux
        a=rtpmap:111 opus/48000/2
        a=setup:active
        a=ssrc:1122334455 cname:{1d3f4a9e-0c1b-4b6e-8a57-4e5f6a7b8c9d}

        """;

    public const string GStreamer =
        $"""
        v=0
        o=- 1599406081987654321 0 IN IP4 0.0.0.0
        s=-
        t=0 0
        a=ice-options:trickle
        a=group:BUNDLE 0 1
        m=audio 9 UDP/TLS/RTP/SAVPF 111
        c=IN IP4 0.0.0.0
        a=ice-ufrag:abcdefghijklmnopqrstuvwxyzABCDEF
        a=ice-pwd:ABCDEFGHIJKLMNOPQRSTUVWXYZ012345
        a=mid:0
        a=rtcp-mux
        a=setup:active
        a=rtpmap:111 OPUS/48000/2
        a=rtcp-fb:111 nack
        a=fmtp:111 minptime=10;usedtx=1;useinbandfec=1
        a=ssrc:2233445566 msid:user1234567@host-abcdef webrtctransceiver0
        a=ssrc:2233445566 cname:user1234567@host-abcdef
        a=sendonly
        a=fingerprint:sha-256 {Sha256}
        m=audio 9 UDP/TLS/RTP/SAVPF 111
        c=IN IP4 0.0.0.0
        a=ice-ufrag:abcdefghijklmnopqrstuvwxyzABCDEF
        a=ice-pwd:ABCDEFGHIJKLMNOPQRSTUVWXYZ012345
        a=mid:1
        a=rtcp-mux
        a=setup:active
        a=rtpmap:111 OPUS/48000/2
        a=rtcp-fb:111 nack
        a=recvonly
        a=fingerprint:sha-256 {Sha256}

        """;

    /// <summary>All fingerprints in all sections, real ports and addresses, transport attributes last.</summary>
    public const string Aiortc =
        $"""
        v=0
        o=- 3912345678 3912345678 IN IP4 0.0.0.0
        s=-
        t=0 0
        a=group:BUNDLE 0 1
        a=msid-semantic:WMS *
        m=audio 46329 UDP/TLS/RTP/SAVPF 111
        c=IN IP4 192.0.2.10
        a=sendonly
        a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level
        a=mid:0
        a=msid:3e2f6a5c-8d50-4b0a-a2f0-0a9a6bb5f1cd 77f4c1de-3c1a-4f0e-bb6e-31d2c0e7c1a2
        a=rtcp:9 IN IP4 0.0.0.0
        a=rtcp-mux
        a=ssrc:3344556677 cname:6f1f4d2c-1234-4c8e-9b8f-2f1c3d4e5f60
        a=rtpmap:111 opus/48000/2
        a=candidate:af6c1d5d0d1c1b7d3c2a1f0e9d8c7b6a 1 udp 2130706431 192.0.2.10 46329 typ host
        a=end-of-candidates
        a=ice-ufrag:kL9x
        a=ice-pwd:N3vQ8sT1uW5yZ7aB2cD4eF
        a=fingerprint:sha-384 {Sha384}
        a=fingerprint:sha-256 {Sha256}
        a=setup:active
        m=audio 46329 UDP/TLS/RTP/SAVPF 111
        c=IN IP4 192.0.2.10
        a=recvonly
        a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level
        a=mid:1
        a=rtcp:9 IN IP4 0.0.0.0
        a=rtcp-mux
        a=rtpmap:111 opus/48000/2
        a=candidate:af6c1d5d0d1c1b7d3c2a1f0e9d8c7b6a 1 udp 2130706431 192.0.2.10 46329 typ host
        a=end-of-candidates
        a=ice-ufrag:kL9x
        a=ice-pwd:N3vQ8sT1uW5yZ7aB2cD4eF
        a=fingerprint:sha-384 {Sha384}
        a=fingerprint:sha-256 {Sha256}
        a=setup:active

        """;

    /// <summary>The fingerprint at session level; the microphone inactive, as without a track.</summary>
    public const string PionListener =
        $"""
        v=0
        o=- 5498186869896684180 1760000000 IN IP4 0.0.0.0
        s=-
        t=0 0
        a=msid-semantic:WMS *
        a=fingerprint:sha-256 {Sha256}
        a=extmap-allow-mixed
        a=group:BUNDLE 0 1
        m=audio 9 UDP/TLS/RTP/SAVPF 111
        c=IN IP4 0.0.0.0
        a=setup:active
        a=mid:0
        a=ice-ufrag:BKtVSpHLmlTqwtPu
        a=ice-pwd:nGtKqBxYzLrSwDcVfHjMuIoPaEtRyUiO
        a=rtcp-mux
        a=rtcp-rsize
        a=rtpmap:111 opus/48000/2
        a=fmtp:111 minptime=10;useinbandfec=1
        a=rtcp-fb:111 nack
        a=inactive
        m=audio 9 UDP/TLS/RTP/SAVPF 111
        c=IN IP4 0.0.0.0
        a=setup:active
        a=mid:1
        a=ice-ufrag:BKtVSpHLmlTqwtPu
        a=ice-pwd:nGtKqBxYzLrSwDcVfHjMuIoPaEtRyUiO
        a=rtcp-mux
        a=rtcp-rsize
        a=rtpmap:111 opus/48000/2
        a=fmtp:111 minptime=10;useinbandfec=1
        a=rtcp-fb:111 nack
        a=recvonly

        """;

    /// <summary>All transport attributes at session level, and credentials in base64url.</summary>
    public const string SessionLevel =
        $"""
        v=0
        o=rtc 3767197920 0 IN IP4 127.0.0.1
        s=-
        t=0 0
        a=group:BUNDLE 0 1
        a=group:LS 0 1
        a=msid-semantic:WMS *
        a=ice-options:ice2,trickle
        a=setup:active
        a=ice-ufrag:a_-Z
        a=ice-pwd:MXuv_2-9jd83ndkq92nAZs
        a=fingerprint:SHA-256 {Sha256}
        m=audio 9 UDP/TLS/RTP/SAVPF 63 111
        c=IN IP4 0.0.0.0
        a=mid:0
        a=sendonly
        a=rtcp-mux
        a=rtpmap:63 RED/48000/2
        a=fmtp:63 111/111
        a=rtpmap:111 opus/48000/2
        m=audio 0 UDP/TLS/RTP/SAVPF 111

        """;
}
