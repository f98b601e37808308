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
