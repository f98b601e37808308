using Sfu.Sdp;

namespace Sfu.Tests.Sdp;

public sealed class AnswerReaderTests
{
    private const string Credentials = "a=ice-ufrag:abcd\r\na=ice-pwd:clientpassword00000022\r\n";

    private static readonly string Valid = SdpTestData.Valid.ToString();
    private static readonly string FingerprintLine = $"a=fingerprint:{SdpTestData.ClientFingerprint}\r\n";

    [Fact]
    public void Everything_that_matters_is_read()
    {
        Answer answer = SdpTestData.Read(Valid);

        Assert.Equal(SdpTestData.ClientIce, answer.Ice);
        Assert.Equal(SdpTestData.ClientFingerprint.ToString(), answer.Fingerprint.ToString());
        Assert.True(answer.MicrophoneAccepted);
        Assert.Equal(0x0A0B_0C0Du, answer.MicrophoneSsrc);
        Assert.Equal("test-client", answer.MicrophoneCname);
        Assert.Equal(111, answer.OpusPayloadType);
        Assert.Equal((byte)63, answer.RedPayloadType);
        Assert.Equal((byte)1, answer.AudioLevelExtensionId);
        Assert.Equal(3, answer.SlotsAccepted);
        Assert.True(answer.AcceptsSlot(0) && answer.AcceptsSlot(2) && !answer.AcceptsSlot(3));
    }

    [Fact]
    public void Line_feeds_alone_blanks_at_line_ends_and_a_missing_last_line_end_are_fine()
    {
        SdpTestData.Read((SdpTestData.Valid with { NewLine = "\n" }).ToString());
        SdpTestData.Read((SdpTestData.Valid with { NewLine = " \r\n" }).ToString());
        SdpTestData.Read((SdpTestData.Valid with { NewLine = "\r\n\r\n" }).ToString());
        SdpTestData.Read(Valid.TrimEnd());
    }

    [Fact]
    public void What_is_left_out_of_the_microphone_is_null()
    {
        Answer answer = SdpTestData.Read(
            (SdpTestData.Valid with { MicrophoneSsrc = null, AudioLevelExtensionId = null, Red = false }).ToString());

        Assert.True(answer.MicrophoneAccepted);
        Assert.Null(answer.MicrophoneSsrc);
        Assert.Null(answer.MicrophoneCname);
        Assert.Null(answer.AudioLevelExtensionId);
        Assert.Null(answer.RedPayloadType);
    }

    [Theory]
    [InlineData("111 nack", true)]
    [InlineData("* nack", true)]
    [InlineData("63 nack", false)]
    [InlineData("111 nack pli", false)]
    [InlineData("111 transport-cc", false)]
    [InlineData("111", false)]
    [InlineData("999 nack", false)]
    public void The_microphone_answers_nacks_when_its_codec_says_so(string feedback, bool expected)
    {
        Answer answer = SdpTestData.Read(Valid.WithFirst("a=rtpmap:111", $"a=rtcp-fb:{feedback}\r\na=rtpmap:111"));

        Assert.Equal(expected, answer.MicrophoneNack);
    }

    [Fact]
    public void The_microphone_keeps_the_numbers_that_the_client_chose()
    {
        Answer answer = SdpTestData.Read((SdpTestData.Valid with { OpusPayloadType = 96, AudioLevelExtensionId = 14 }).ToString());

        Assert.Equal(96, answer.OpusPayloadType);
        Assert.Equal((byte)14, answer.AudioLevelExtensionId);
    }

    [Fact]
    public void The_first_payload_type_of_the_m_line_wins_whatever_the_order_of_the_rtpmaps()
    {
        Answer answer = SdpTestData.Read(Valid
            .WithFirst("SAVPF 111 63", "SAVPF 0 97 111 63")
            .WithFirst("a=rtpmap:111", "a=rtpmap:0 PCMU/8000\r\na=rtpmap:97 Opus/48000/2\r\na=rtpmap:111"));

        Assert.Equal(97, answer.OpusPayloadType);
    }

    [Fact]
    public void A_payload_type_that_the_m_line_does_not_list_is_not_used()
    {
        Answer answer = SdpTestData.Read(Valid.WithFirst("SAVPF 111 63", "SAVPF 111"));

        Assert.Null(answer.RedPayloadType);
    }

    [Fact]
    public void Transport_attributes_may_all_stand_at_session_level()
    {
        string sdp = Valid
            .With(Credentials, "")
            .With(FingerprintLine, "")
            .With("a=setup:active\r\n", "")
            .With("a=rtcp-mux\r\n", "")
            .With("a=msid-semantic: WMS\r\n", $"{Credentials}{FingerprintLine}a=setup:active\r\na=rtcp-mux\r\n");

        Answer answer = SdpTestData.Read(sdp);

        Assert.Equal(SdpTestData.ClientIce, answer.Ice);
    }

    [Fact]
    public void The_section_that_speaks_for_the_bundle_wins_over_the_session()
    {
        Answer answer = SdpTestData.Read(Valid.With(
            "a=msid-semantic: WMS\r\n", "a=ice-ufrag:other\r\na=ice-pwd:otherpassword000000022\r\na=setup:actpass\r\n"));

        Assert.Equal(SdpTestData.ClientIce, answer.Ice);
    }

    [Fact]
    public void Only_the_first_section_of_the_bundle_needs_transport_attributes()
    {
        int second = Valid.IndexOf("a=mid:0", StringComparison.Ordinal);
        string sdp = Valid[..second] + Valid[second..].With(Credentials, "").With(FingerprintLine, "").With("a=setup:active\r\n", "");

        Assert.Equal(3, SdpTestData.Read(sdp).SlotsAccepted);
    }

    [Fact]
    public void A_fingerprint_that_cannot_be_read_does_not_hide_one_that_can()
    {
        Answer answer = SdpTestData.Read(Valid.With(FingerprintLine, "a=fingerprint:sha-1 AA:BB\r\n" + FingerprintLine));

        Assert.Equal(SdpTestData.ClientFingerprint.ToString(), answer.Fingerprint.ToString());
    }

    [Theory]
    [InlineData("a=sendonly", "a=inactive")]
    [InlineData("m=audio 9", "m=audio 0")]
    public void A_client_may_only_listen(string old, string replacement)
    {
        Answer answer = SdpTestData.Read(Valid.WithFirst(old, replacement));

        Assert.False(answer.MicrophoneAccepted);
        Assert.Null(answer.MicrophoneSsrc);
        Assert.Equal(3, answer.SlotsAccepted);
    }

    [Theory]
    [InlineData("BUNDLE 1 2 3")]
    [InlineData("BUNDLE 0 1 2 3")]
    public void A_client_that_rejects_the_microphone_is_bundled_on_its_first_slot(string bundle)
    {
        string sdp = Valid.WithFirst("m=audio 9", "m=audio 0").With("BUNDLE 0 1 2 3", bundle).WithFirst(Credentials, "");

        Assert.Equal(SdpTestData.ClientIce, SdpTestData.Read(sdp).Ice);
    }

    [Fact]
    public void Slots_can_be_left_out_one_by_one()
    {
        string sdp = Valid.WithFirst("a=recvonly", "a=inactive");
        int last = sdp.LastIndexOf("m=audio 9", StringComparison.Ordinal);
        sdp = sdp[..last] + "m=audio 0 UDP/TLS/RTP/SAVPF 0\r\n";

        Answer answer = SdpTestData.Read(sdp);

        Assert.Equal([false, true, false], Enumerable.Range(0, 3).Select(answer.AcceptsSlot));
        Assert.Equal(1, answer.SlotsAccepted);
    }

    [Fact]
    public void One_accepted_section_needs_no_bundle()
    {
        string sdp = (SdpTestData.Valid with { Slots = 1 }).ToString().With("a=group:BUNDLE 0 1\r\n", "").WithFirst("m=audio 9", "m=audio 0");

        Assert.Equal(1, SdpTestData.Read(sdp, slots: 1).SlotsAccepted);
    }

    [Fact]
    public void A_direction_at_session_level_counts_for_sections_without_their_own()
    {
        string sdp = Valid
            .With("a=msid-semantic: WMS\r\n", "a=sendrecv\r\n")
            .WithFirst("a=recvonly\r\n", "")
            .WithFirst("a=sendonly\r\n", "");

        Answer answer = SdpTestData.Read(sdp);

        Assert.True(answer.MicrophoneAccepted);
        Assert.Equal(3, answer.SlotsAccepted);
    }

    [Theory]
    [InlineData(4, 22)]
    [InlineData(32, 32)]
    [InlineData(256, 256)]
    public void Credentials_of_any_length_that_the_RFC_allows_are_taken(int fragment, int password)
    {
        var ice = new Sfu.Ice.IceCredentials(new string('f', fragment), new string('p', password));

        Assert.Equal(ice, SdpTestData.Read((SdpTestData.Valid with { Ice = ice }).ToString()).Ice);
    }

    [Fact]
    public void Only_the_first_ssrc_and_its_own_cname_count()
    {
        Answer answer = SdpTestData.Read(Valid.With("a=ssrc:", "a=ssrc:99 msid:a b\r\na=ssrc:"));

        Assert.Equal(99u, answer.MicrophoneSsrc);
        Assert.Null(answer.MicrophoneCname);
    }
}
