using Sfu.Sdp;
using Sfu.Slots;

namespace Sfu.Tests.Sdp;

/// <summary>What real clients offer, and what their peers then know of them.</summary>
public sealed class ClientOfferTests
{
    [Fact]
    public void Chromium_publishes_its_audio()
    {
        ClientOffer offer = OfferTestData.Publisher(ClientOffers.ChromiumPublisher);
        Answer answer = offer.ToAnswer(slots: 3);

        Assert.Equal(new Sfu.Ice.IceCredentials("DWnh", "kp7xEpAyeJ1DZZozdtZlqY33"), answer.Ice);
        Assert.StartsWith("sha-256 19:E2:", answer.Fingerprint.ToString(), StringComparison.Ordinal);
        Assert.Equal((true, 3445259189u, "jEDmfWqqRZ0byR2h"), (answer.MicrophoneAccepted, answer.MicrophoneSsrc, answer.MicrophoneCname));
        Assert.Equal((111, (byte?)63, (byte?)1), (answer.OpusPayloadType, answer.RedPayloadType, answer.AudioLevelExtensionId));
        Assert.Equal(0, answer.SlotsAccepted);
    }

    [Fact]
    public void Chromium_listens_to_every_slot()
    {
        Answer answer = OfferTestData.Listener(ClientOffers.ChromiumListener).ToAnswer(slots: 3);

        Assert.False(answer.MicrophoneAccepted);
        Assert.Equal(3, answer.SlotsAccepted);
        Assert.Equal(ListenerFormat.Usual with { RedPayloadType = 63 }, answer.Format);
    }

    [Theory]
    [InlineData(2, 2, false)]
    [InlineData(3, 3, false)]
    [InlineData(4, 1, true)]
    public void Who_has_a_section_for_each_slot_gets_them_all_and_who_has_not_follows_the_dominant_speaker(int slots, int taken, bool follows)
    {
        ClientOffer offer = OfferTestData.Listener(ClientOffers.ChromiumListener);

        Assert.Equal((taken, follows), (offer.Taken(slots), offer.ToAnswer(slots).Format.FollowsDominant));
        Assert.Equal(slots, offer.ToAnswer(slots).SlotsAccepted);
    }

    [Fact]
    public void Firefox_listens_with_its_own_payload_type_on_one_line()
    {
        Answer answer = OfferTestData.Listener(ClientOffers.FirefoxListener).ToAnswer(slots: 3);

        Assert.Equal("0a1b2c3d", answer.Ice.UsernameFragment);
        Assert.Equal(new ListenerFormat { OpusPayloadType = 109, LevelExtensionId = 1, FollowsDominant = true }, answer.Format);
        Assert.Null(answer.MicrophoneSsrc);
    }

    [Fact]
    public void GStreamer_publishes_without_levels()
    {
        Answer answer = OfferTestData.Publisher(ClientOffers.GStreamerPublisher).ToAnswer(slots: 3);

        Assert.Equal((32, 32), (answer.Ice.UsernameFragment.Length, answer.Ice.Password.Length));
        Assert.Equal((true, 1043419723u, "user1091004144@host"), (answer.MicrophoneAccepted, answer.MicrophoneSsrc, answer.MicrophoneCname));
        Assert.Equal((97, (byte?)null, (byte?)null), (answer.OpusPayloadType, answer.RedPayloadType, answer.AudioLevelExtensionId));
    }

    [Fact]
    public void GStreamer_listens_without_levels()
    {
        Answer answer = OfferTestData.Listener(ClientOffers.GStreamerPublisher).ToAnswer(slots: 1);

        Assert.Equal(new ListenerFormat { OpusPayloadType = 97, LevelExtensionId = ListenerFormat.NoExtension }, answer.Format);
        Assert.Equal(1, answer.SlotsAccepted);
    }

    [Fact]
    public void Of_a_bundle_with_several_transports_the_first_section_that_is_used_counts()
    {
        Answer answer = OfferTestData.Listener(ClientOffers.AiortcListener).ToAnswer(slots: 3);

        Assert.Equal("23aX", answer.Ice.UsernameFragment);
        Assert.Equal(new ListenerFormat { OpusPayloadType = 96, LevelExtensionId = 2, FollowsDominant = true }, answer.Format);
    }

    [Fact]
    public void NACKs_are_agreed_on_where_they_are_offered()
    {
        string sdp = ClientOffers.GStreamerPublisher.With("a=rtcp-fb:97 transport-cc", "a=rtcp-fb:97 nack");

        Assert.True(OfferTestData.Publisher(sdp).ToAnswer(3).MicrophoneNack);
        Assert.True(OfferTestData.Listener(sdp).ToAnswer(3).Format.TakesNack);
        Assert.Contains("a=rtcp-fb:97 nack\r\n", OfferTestData.AnswerTo(OfferTestData.Listener(sdp))[1], StringComparison.Ordinal);
        Assert.False(OfferTestData.Publisher(ClientOffers.GStreamerPublisher).ToAnswer(3).MicrophoneNack);
    }

    [Fact]
    public void Rtx_is_agreed_on_with_the_clients_numbers_where_it_listens()
    {
        string sdp = ClientOffers.GStreamerPublisher
            .With("a=rtcp-fb:97 transport-cc", "a=rtcp-fb:97 nack\r\na=rtpmap:98 rtx/48000\r\na=fmtp:98 apt=97")
            .With("SAVPF 97", "SAVPF 97 98");

        ClientOffer listener = OfferTestData.Listener(sdp);
        string section = OfferTestData.AnswerTo(listener, slots: 1)[1];
        string publisher = OfferTestData.AnswerTo(OfferTestData.Publisher(sdp))[1];

        Assert.Equal((byte?)98, listener.ToAnswer(1).Format.OpusRtxPayloadType);
        Assert.StartsWith("audio 9 UDP/TLS/RTP/SAVPF 97 98\r\n", section, StringComparison.Ordinal);
        Assert.Contains("a=rtpmap:98 rtx/48000\r\na=fmtp:98 apt=97\r\n", section, StringComparison.Ordinal);
        Assert.Contains(
            "a=ssrc-group:FID 1599406081 1599406337\r\na=ssrc:1599406081 cname:sfu\r\na=ssrc:1599406337 cname:sfu\r\n", section, StringComparison.Ordinal);
        Assert.StartsWith("audio 9 UDP/TLS/RTP/SAVPF 97\r\n", publisher, StringComparison.Ordinal);
        Assert.DoesNotContain("rtx", publisher, StringComparison.Ordinal);
    }

    [Fact]
    public void Rtx_without_nack_is_left_out_of_the_answer()
    {
        string sdp = ClientOffers.GStreamerPublisher
            .With("a=rtcp-fb:97 transport-cc", "a=rtpmap:98 rtx/48000\r\na=fmtp:98 apt=97")
            .With("SAVPF 97", "SAVPF 97 98");

        Assert.DoesNotContain("rtx", OfferTestData.AnswerTo(OfferTestData.Listener(sdp), slots: 1)[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("111", 3, true)]
    [InlineData("109", 3, false)]
    [InlineData("111", 4, false)]
    public void RED_goes_down_to_who_keeps_our_payload_type_and_has_every_slot(string opus, int slots, bool red)
    {
        ClientOffer offer = OfferTestData.Listener(ClientOffers.ChromiumListener.Replace("111", opus, StringComparison.Ordinal));

        Assert.Equal(red, offer.ToAnswer(slots).Format.RedPayloadType is not null);
        Assert.Equal(red, OfferTestData.AnswerTo(offer, slots)[1].Contains("a=rtpmap:63 red/48000/2\r\n", StringComparison.Ordinal));
    }

    [Fact]
    public void The_least_that_can_be_said_is_enough()
    {
        Answer answer = OfferTestData.Publisher(ClientOffers.Bare).ToAnswer(slots: 3);

        Assert.Equal(("bare", 100, (uint?)null), (answer.Ice.UsernameFragment, answer.OpusPayloadType, answer.MicrophoneSsrc));
    }
}
