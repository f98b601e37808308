using Sfu.Sdp;
using Sfu.Slots;

namespace Sfu.Tests.Sdp;

public sealed class OfferWriterTests
{
    [Fact]
    public void The_offer_is_the_template_to_the_letter()
    {
        const string Golden =
            """
            v=0
            o=- 4611731400430051336 1 IN IP4 127.0.0.1
            s=-
            t=0 0
            a=ice-lite
            a=ice-options:trickle
            a=group:BUNDLE 0 1
            a=msid-semantic: WMS *
            a=extmap-allow-mixed
            m=audio 9 UDP/TLS/RTP/SAVPF 63 111
            c=IN IP4 0.0.0.0
            a=mid:0
            a=ice-ufrag:srvfrag1
            a=ice-pwd:serverpassword0000000024
            a=fingerprint:FINGERPRINT
            a=setup:actpass
            a=rtcp-mux
            a=rtpmap:111 opus/48000/2
            a=fmtp:111 minptime=10;useinbandfec=1;usedtx=1
            a=rtcp-fb:111 nack
            a=rtpmap:63 red/48000/2
            a=fmtp:63 111/111
            a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level
            a=candidate:4 1 udp 2130706431 192.0.2.1 40000 typ host
            a=candidate:6 1 udp 2130706175 2001:db8::1 40000 typ host
            a=end-of-candidates
            a=recvonly
            m=audio 9 UDP/TLS/RTP/SAVPF 111 63 112 113
            c=IN IP4 0.0.0.0
            a=mid:1
            a=ice-ufrag:srvfrag1
            a=ice-pwd:serverpassword0000000024
            a=fingerprint:FINGERPRINT
            a=setup:actpass
            a=rtcp-mux
            a=rtpmap:111 opus/48000/2
            a=fmtp:111 minptime=10;useinbandfec=1;usedtx=1
            a=rtcp-fb:111 nack
            a=rtpmap:63 red/48000/2
            a=fmtp:63 111/111
            a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level
            a=candidate:4 1 udp 2130706431 192.0.2.1 40000 typ host
            a=candidate:6 1 udp 2130706175 2001:db8::1 40000 typ host
            a=end-of-candidates
            a=rtpmap:112 rtx/48000
            a=fmtp:112 apt=111
            a=rtpmap:113 rtx/48000
            a=fmtp:113 apt=63
            a=sendonly
            a=msid:slot1 slot1
            a=ssrc:1599406081 cname:sfu

            """;

        string sdp = OfferWriter.Write(SdpTestData.Offer(slots: 1));

        Assert.Equal(Golden.Replace("FINGERPRINT", SdpTestData.ServerFingerprint.ToString(), StringComparison.Ordinal), sdp.Replace("\r\n", "\n", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_line_ends_with_CRLF()
    {
        string sdp = OfferWriter.Write(SdpTestData.Offer());

        Assert.EndsWith("\r\n", sdp, StringComparison.Ordinal);
        Assert.Equal(sdp.Count(c => c == '\n'), sdp.Split("\r\n").Length - 1);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(MediaConstants.MaxSlots)]
    public void Each_slot_has_a_section_in_the_bundle_with_its_own_ssrc(int slots)
    {
        string sdp = OfferWriter.Write(SdpTestData.Offer(slots));

        Assert.Contains($"a=group:BUNDLE {string.Join(' ', Enumerable.Range(0, slots + 1))}\r\n", sdp, StringComparison.Ordinal);
        Assert.Equal(slots + 1, sdp.Split("m=audio").Length - 1);
        Assert.Equal(slots, sdp.Split("a=sendonly").Length - 1);
        for (int slot = 0; slot < slots; slot++)
            Assert.Contains($"a=msid:slot{slot + 1} slot{slot + 1}\r\na=ssrc:{MediaConstants.SlotSsrc(slot)} cname:sfu\r\n", sdp, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(MediaConstants.MaxSlots + 1)]
    public void Too_few_or_too_many_slots_are_a_programming_error(int slots)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => OfferWriter.Write(SdpTestData.Offer(slots)));
    }

    [Fact]
    public void Music_asks_for_stereo_and_a_bitrate_and_no_silence_suppression()
    {
        DescriptionParameters music = SdpTestData.Offer() with
        {
            Opus = new OpusParameters(InbandFec: false, Dtx: false, Stereo: true, MaxAverageBitrate: 128_000),
        };

        string sdp = OfferWriter.Write(music);

        Assert.Equal(4, sdp.Split("a=fmtp:111 minptime=10;stereo=1;sprop-stereo=1;maxaveragebitrate=128000\r\n").Length - 1);
        Assert.Contains("SAVPF 111 63\r\nc=IN IP4 0.0.0.0\r\na=mid:0\r\n", sdp, StringComparison.Ordinal);
    }

    [Fact]
    public void Offers_to_one_client_differ_in_version_and_credentials_only()
    {
        string first = OfferWriter.Write(SdpTestData.Offer());
        string second = OfferWriter.Write(SdpTestData.Offer() with { Version = 2, Ice = new("newfrag1", "anotherpassword000000024") });

        Assert.Equal(
            first,
            second.With(" 2 IN IP4", " 1 IN IP4").With("newfrag1", "srvfrag1").With("anotherpassword000000024", "serverpassword0000000024"));
    }
}
