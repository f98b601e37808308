using System.Text.RegularExpressions;
using Sfu.Sdp;

namespace Sfu.Tests.Sdp;

public sealed class AnswerWriterTests
{
    private static readonly string[] AllOffers =
    [
        ClientOffers.ChromiumPublisher, ClientOffers.ChromiumListener, ClientOffers.FirefoxListener, ClientOffers.GStreamerPublisher,
        ClientOffers.AiortcListener, ClientOffers.Bare,
    ];

    [Fact]
    public void A_publisher_is_answered_to_the_letter()
    {
        const string Golden =
            """
            v=0
            o=- 4611731400430051336 1 IN IP4 127.0.0.1
            s=-
            t=0 0
            a=ice-lite
            a=ice-options:trickle
            a=group:BUNDLE 0
            a=msid-semantic: WMS *
            m=audio 9 UDP/TLS/RTP/SAVPF 111 63
            c=IN IP4 0.0.0.0
            a=mid:0
            a=ice-ufrag:srvfrag1
            a=ice-pwd:serverpassword0000000024
            a=fingerprint:FINGERPRINT
            a=setup:passive
            a=rtcp-mux
            a=rtpmap:111 opus/48000/2
            a=fmtp:111 minptime=10;useinbandfec=1;usedtx=1
            a=rtpmap:63 red/48000/2
            a=fmtp:63 111/111
            a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level
            a=recvonly
            a=candidate:4 1 udp 2130706431 192.0.2.1 40000 typ host
            a=candidate:6 1 udp 2130706175 2001:db8::1 40000 typ host
            a=end-of-candidates
            m=video 0 UDP/TLS/RTP/SAVPF 96
            c=IN IP4 0.0.0.0
            a=mid:1
            a=inactive

            """;

        string sdp = AnswerWriter.Write(SdpTestData.Offer(), OfferTestData.Publisher(ClientOffers.ChromiumPublisher));

        Assert.Equal(Golden.ReplaceLineEndings("\r\n").Replace("FINGERPRINT", SdpTestData.ServerFingerprint.ToString(), StringComparison.Ordinal), sdp);
    }

    [Fact]
    public void A_listener_gets_the_slots_in_their_order_and_no_data_channel()
    {
        string[] parts = OfferTestData.AnswerTo(OfferTestData.Listener(ClientOffers.ChromiumListener));

        Assert.Contains("a=group:BUNDLE 0 1 2\r\n", parts[0], StringComparison.Ordinal);
        Assert.Equal(5, parts.Length);
        for (int slot = 0; slot < 3; slot++)
        {
            Assert.StartsWith("audio 9 UDP/TLS/RTP/SAVPF 111 63\r\n", parts[slot + 1], StringComparison.Ordinal);
            Assert.Contains($"a=mid:{slot}\r\n", parts[slot + 1], StringComparison.Ordinal);
            Assert.Contains($"a=sendonly\r\na=msid:slot{slot + 1} slot{slot + 1}\r\na=ssrc:{1599406081 + slot} cname:sfu\r\n", parts[slot + 1], StringComparison.Ordinal);
        }

        Assert.Equal("application 0 UDP/DTLS/SCTP webrtc-datachannel\r\nc=IN IP4 0.0.0.0\r\na=mid:3\r\na=inactive\r\n", parts[4]);
    }

    [Fact]
    public void A_listener_without_a_line_for_each_slot_is_answered_on_the_first_one()
    {
        string[] parts = OfferTestData.AnswerTo(OfferTestData.Listener(ClientOffers.ChromiumListener), slots: 4);

        Assert.Contains("a=group:BUNDLE 0\r\n", parts[0], StringComparison.Ordinal);
        Assert.Equal(["audio 9", "audio 0", "audio 0", "application 0"], parts.Skip(1).Select(part => string.Join(' ', part.Split(' ')[..2])));
    }

    [Fact]
    public void Numbers_and_names_are_the_clients()
    {
        string gstreamer = OfferTestData.AnswerTo(OfferTestData.Publisher(ClientOffers.GStreamerPublisher))[1];
        string[] aiortc = OfferTestData.AnswerTo(OfferTestData.Listener(ClientOffers.AiortcListener));

        Assert.StartsWith("audio 9 UDP/TLS/RTP/SAVPF 97\r\nc=IN IP4 0.0.0.0\r\na=mid:audio0\r\n", gstreamer, StringComparison.Ordinal);
        Assert.Contains("a=rtpmap:97 opus/48000/2\r\na=fmtp:97 ", gstreamer, StringComparison.Ordinal);
        Assert.DoesNotContain("a=extmap", gstreamer, StringComparison.Ordinal);
        Assert.StartsWith("video 0 ", aiortc[1], StringComparison.Ordinal);
        Assert.StartsWith("audio 9 UDP/TLS/RTP/SAVPF 96\r\n", aiortc[2], StringComparison.Ordinal);
        Assert.Contains("a=extmap:2 urn:ietf:params:rtp-hdrext:ssrc-audio-level\r\n", aiortc[2], StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_group_and_a_mid_there_are_none_in_the_answer()
    {
        string sdp = string.Concat(OfferTestData.AnswerTo(OfferTestData.Publisher(ClientOffers.Bare)));

        Assert.DoesNotContain("a=group", sdp, StringComparison.Ordinal);
        Assert.DoesNotContain("a=mid", sdp, StringComparison.Ordinal);
    }

    [Fact]
    public void The_rooms_profile_says_how_to_encode()
    {
        string sdp = AnswerWriter.Write(SdpTestData.Offer() with { Opus = OpusParameters.Music }, OfferTestData.Publisher(ClientOffers.Bare));

        Assert.Contains($"a=fmtp:100 {OpusParameters.Music}\r\n", sdp, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_section_of_every_offer_is_answered_and_only_what_was_taken_is_bundled()
    {
        foreach (string sdp in AllOffers)
        {
            foreach (OfferPurpose purpose in Enum.GetValues<OfferPurpose>())
            {
                if (!OfferReader.TryRead(sdp, purpose, out ClientOffer? offer, out _))
                    continue;
                string answer = AnswerWriter.Write(SdpTestData.Offer(), offer);

                Assert.Equal(Regex.Count(sdp, "(?m)^m="), Regex.Count(answer, "(?m)^m="));
                Assert.Equal(offer.Taken(SdpTestData.Slots), Regex.Count(answer, "(?m)^a=setup:passive\r$"));
                Assert.DoesNotContain("\r\n\r\n", answer, StringComparison.Ordinal);
            }
        }
    }
}
