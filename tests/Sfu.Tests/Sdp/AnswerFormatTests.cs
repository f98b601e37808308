using Sfu.Slots;

namespace Sfu.Tests.Sdp;

/// <summary>What an answer says about the slots' packets.</summary>
public sealed class AnswerFormatTests
{
    [Theory]
    [InlineData(true, (byte)1, (byte)63, (byte)1)]
    [InlineData(false, (byte)1, null, (byte)1)]
    [InlineData(true, null, (byte)63, (byte)0)]
    [InlineData(true, (byte)4, (byte)63, (byte)0)]
    [InlineData(false, null, null, (byte)0)]
    public void Red_and_the_level_go_out_where_the_slots_took_them_with_our_numbers(bool red, byte? level, byte? redType, byte extension)
    {
        ListenerFormat format = SdpTestData.Read((SdpTestData.Valid with { Red = red, AudioLevelExtensionId = level }).ToString()).Format;

        Assert.Equal(ListenerFormat.Usual with { RedPayloadType = redType, LevelExtensionId = extension }, format);
    }

    [Theory]
    [InlineData("a=rtcp-fb:111 nack", true)]
    [InlineData("a=rtcp-fb:* nack", true)]
    [InlineData("a=rtcp-fb:111 NACK", true)]
    [InlineData("a=rtcp-fb:111 nack pli", false)]
    [InlineData("a=rtcp-fb:63 nack", false)]
    [InlineData("a=rtcp-fb:111 transport-cc", false)]
    [InlineData("a=rtcp-fb:111", false)]
    [InlineData("a=rtcp-fb:x nack", false)]
    public void Nack_is_for_opus_in_all_slots(string line, bool taken)
    {
        string sdp = SdpTestData.Valid.ToString();
        Assert.False(SdpTestData.Read(sdp).Format.TakesNack);

        Sfu.Sdp.Answer answer = SdpTestData.Read(sdp.Replace("a=rtpmap:111 opus/48000/2\r\n", $"a=rtpmap:111 opus/48000/2\r\n{line}\r\n"));

        Assert.Equal((taken, taken), (answer.Format.TakesNack, answer.MicrophoneNack));
    }

    [Theory]
    [InlineData(true, true, (byte)112, (byte)113)]
    [InlineData(true, false, (byte)112, null)]
    [InlineData(false, true, null, null)]
    public void Rtx_is_for_who_asks_for_what_it_misses_and_for_what_it_takes(bool nack, bool red, byte? opusRtx, byte? redRtx)
    {
        ListenerFormat format = SdpTestData.Read((SdpTestData.Valid with { Nack = nack, Red = red, Rtx = true }).ToString()).Format;

        Assert.Equal((opusRtx, redRtx), (format.OpusRtxPayloadType, format.RedRtxPayloadType));
    }

    [Theory]
    [InlineData("a=fmtp:112 apt=111", "a=fmtp:112 rtx-time=200; APT=111", (byte)112)]
    [InlineData("a=fmtp:112 apt=111", "a=fmtp:112 apt=96", null)]
    [InlineData("a=fmtp:112 apt=111", "a=fmtp:112 apt=", null)]
    [InlineData("a=fmtp:112 apt=111", "a=fmtp:112", null)]
    [InlineData("a=fmtp:112 apt=111", "a=fmtp:x apt=111", null)]
    [InlineData("a=fmtp:112 apt=111", "a=fmtp:112 apt=300", null)]
    [InlineData("a=rtpmap:112 rtx/48000", "a=rtpmap:112 ulpfec/48000", null)]
    [InlineData("111 63 112 113", "111 63 113", null)]
    public void Rtx_is_what_says_so_with_our_number_and_what_it_is_for(string line, string instead, byte? expected)
    {
        string sdp = (SdpTestData.Valid with { Nack = true, Rtx = true }).ToString().With(line, instead);

        Assert.Equal(expected, SdpTestData.Read(sdp).Format.OpusRtxPayloadType);
    }

    [Fact]
    public void A_slot_without_rtx_leaves_them_all_without()
    {
        string sdp = (SdpTestData.Valid with { Nack = true, Rtx = true }).ToString().WithFirst("111 63 112 113", "111 63 113");
        ListenerFormat format = SdpTestData.Read(sdp).Format;

        Assert.Equal((null, (byte?)113), (format.OpusRtxPayloadType, format.RedRtxPayloadType));
    }

    [Fact]
    public void A_slot_without_red_leaves_them_all_without()
    {
        string sdp = SdpTestData.Valid.ToString();
        int last = sdp.LastIndexOf("111 63\r\n", StringComparison.Ordinal);

        Assert.Null(SdpTestData.Read(sdp.Remove(last + 3, 3)).Format.RedPayloadType);
    }

    [Fact]
    public void A_rejected_slot_has_no_say()
    {
        string sdp = SdpTestData.Valid.ToString();
        int last = sdp.LastIndexOf("m=audio 9", StringComparison.Ordinal);

        Assert.Equal((byte)63, SdpTestData.Read(sdp.Remove(last + 8, 1).Insert(last + 8, "0").Replace("0 UDP/TLS/RTP/SAVPF 111 63", "0 UDP/TLS/RTP/SAVPF 111")).Format.RedPayloadType);
    }

    [Fact]
    public void Listeners_with_the_same_answer_share_what_they_keep_of_it() =>
        Assert.Same(SdpTestData.Read(SdpTestData.Valid.ToString()).Format, SdpTestData.Read(SdpTestData.Valid.ToString()).Format);
}
