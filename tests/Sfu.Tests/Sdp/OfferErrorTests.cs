using Sfu.Sdp;

namespace Sfu.Tests.Sdp;

public sealed class OfferErrorTests
{
    private static readonly string Offer = ClientOffers.FirefoxListener.ReplaceLineEndings("\r\n");

    [Theory]
    [InlineData("m=audio 9 UDP/TLS/RTP/SAVPF 109 9 0 8 101", "m=video 9 UDP/TLS/RTP/SAVPF 109", SdpErrorCodes.NoAudio)]
    [InlineData("m=audio 9", "m=audio 0", SdpErrorCodes.NoAudio)]
    [InlineData("UDP/TLS/RTP/SAVPF", "RTP/AVP", SdpErrorCodes.WrongMedia)]
    [InlineData("a=recvonly", "a=sendonly", SdpErrorCodes.WrongDirection)]
    [InlineData("a=recvonly", "a=inactive", SdpErrorCodes.WrongDirection)]
    [InlineData("opus/48000/2", "opus/16000", SdpErrorCodes.NoOpus)]
    [InlineData("SAVPF 109 9 0 8 101", "SAVPF 9 0 8 101", SdpErrorCodes.NoOpus)]
    [InlineData("a=setup:actpass", "a=setup:passive", SdpErrorCodes.WrongSetup)]
    [InlineData("a=setup:actpass", "a=setup:holdconn", SdpErrorCodes.WrongSetup)]
    [InlineData("a=rtcp-mux\r\n", "", SdpErrorCodes.NoRtcpMux)]
    [InlineData("t=0 0", "t=0 0\r\na=ice-lite", SdpErrorCodes.IceLite)]
    [InlineData("a=ice-ufrag:0a1b2c3d\r\n", "", SdpErrorCodes.NoIceCredentials)]
    [InlineData("a=ice-ufrag:0a1b2c3d", "a=ice-ufrag:0a1", SdpErrorCodes.BadIceCredentials)]
    [InlineData("a=fingerprint:sha-256", "a=identity:sha-256", SdpErrorCodes.NoFingerprint)]
    [InlineData("a=fingerprint:sha-256", "a=fingerprint:sha-1", SdpErrorCodes.BadFingerprint)]
    [InlineData("v=0", "v=1", SdpErrorCodes.Syntax)]
    [InlineData("a=mid:0", "a=mid:0 1", SdpErrorCodes.Syntax)]
    [InlineData("a=mid:0", "a=mid:\u00E9", SdpErrorCodes.Syntax)]
    [InlineData("UDP/TLS/RTP/SAVPF", "x\ry/RTP/SAVPF", SdpErrorCodes.Syntax)]
    public void Each_mistake_has_its_code_and_a_reason(string old, string replacement, string code)
    {
        SdpError error = OfferTestData.ReadError(Offer.WithFirst(old, replacement), OfferPurpose.Listen);

        Assert.Equal(code, error.Code);
        Assert.EndsWith(".", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a=recvonly", "a=sendonly")]
    [InlineData("a=setup:actpass", "a=setup:passive")]
    [InlineData("a=ice-ufrag:0a1b2c3d", "a=ice-ufrag:0a1")]
    public void The_line_of_the_mistake_is_told(string line, string mistake)
    {
        string sdp = Offer.WithFirst(line, mistake);

        Assert.Equal(mistake, sdp.Split("\r\n")[OfferTestData.ReadError(sdp, OfferPurpose.Listen).Line - 1]);
    }

    [Fact]
    public void A_publisher_must_send()
    {
        Assert.Equal(SdpErrorCodes.WrongDirection, OfferTestData.ReadError(Offer, OfferPurpose.Publish).Code);
    }

    [Fact]
    public void Of_several_sections_a_good_one_hides_the_mistakes_of_others()
    {
        string sdp = ClientOffers.ChromiumListener.ReplaceLineEndings("\r\n").WithFirst("a=recvonly", "a=inactive");

        ClientOffer offer = OfferTestData.Listener(sdp);

        Assert.Equal([false, true, true, false], offer.Sections.Select(section => section.IsUsable));
    }

    [Theory]
    [InlineData("BUNDLE 0 1 2 3", "BUNDLE 0 2 3", 2)]
    [InlineData("a=group:BUNDLE 0 1 2 3\r\n", "", 1)]
    public void Sections_beside_the_bundle_of_the_first_are_not_used(string old, string replacement, int usable)
    {
        string sdp = ClientOffers.ChromiumListener.ReplaceLineEndings("\r\n").With(old, replacement);

        Assert.Equal(usable, OfferTestData.Listener(sdp).Usable);
    }

    [Fact]
    public void Sections_with_another_payload_type_than_the_first_are_not_used()
    {
        string sdp = ClientOffers.ChromiumListener.ReplaceLineEndings("\r\n");
        int second = sdp.IndexOf("m=audio", sdp.IndexOf("a=mid:0", StringComparison.Ordinal), StringComparison.Ordinal);

        Assert.Equal(1, OfferTestData.Listener(sdp[..second] + sdp[second..].With("SAVPF 111 63", "SAVPF 63")).Usable);
    }

    [Fact]
    public void An_extension_that_not_all_sections_map_alike_is_left_out()
    {
        string sdp = ClientOffers.ChromiumListener.ReplaceLineEndings("\r\n").WithFirst("a=extmap:1 urn", "a=extmap:5 urn");

        Assert.Equal(Sfu.Slots.ListenerFormat.NoExtension, OfferTestData.Listener(sdp).ToAnswer(3).Format.LevelExtensionId);
    }

    [Fact]
    public void An_extension_beyond_one_byte_headers_is_left_out_for_a_listener()
    {
        string sdp = Offer.With("a=extmap:1 urn", "a=extmap:15 urn");

        Assert.Null(OfferTestData.Listener(sdp).AudioLevelExtensionId);
    }

    [Theory]
    [InlineData(63, true)]
    [InlineData(64, false)]
    [InlineData(95, false)]
    [InlineData(96, true)]
    public void Payload_types_that_look_like_RTCP_are_refused(int payloadType, bool taken)
    {
        string sdp = Offer.With("SAVPF 109", $"SAVPF {payloadType}").With("rtpmap:109", $"rtpmap:{payloadType}");

        if (taken)
            Assert.Equal(payloadType, OfferTestData.Listener(sdp).OpusPayloadType);
        else
            Assert.Equal(SdpErrorCodes.WrongPayloadType, OfferTestData.ReadError(sdp, OfferPurpose.Listen).Code);
    }

    [Fact]
    public void A_section_that_lives_in_its_bundle_takes_the_transport_of_the_first()
    {
        string sdp = ClientOffers.AiortcListener.ReplaceLineEndings("\r\n")
            .With("m=audio 57508", "m=audio 0")
            .With("a=ice-ufrag:23aX\r\na=ice-pwd:gbEOoHTbmzioVhtk3tSY71\r\n", "a=bundle-only\r\n");

        Assert.Equal("SaJX", OfferTestData.Listener(sdp).Ice.UsernameFragment);
    }
}
