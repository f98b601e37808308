using System.Reflection;
using Sfu.Sdp;

namespace Sfu.Tests.Sdp;

public sealed class AnswerErrorTests
{
    private const string Credentials = "a=ice-ufrag:abcd\r\na=ice-pwd:clientpassword00000022\r\n";
    private const string FirstSection = "m=audio 9 UDP/TLS/RTP/SAVPF 111 63";

    private static readonly string Valid = SdpTestData.Valid.ToString();
    private static readonly string FingerprintLine = $"a=fingerprint:{SdpTestData.ClientFingerprint}\r\n";

    [Theory]
    [InlineData("")]
    [InlineData("\r\n\r\n")]
    [InlineData("hello")]
    [InlineData("v=1\r\n")]
    public void Text_that_is_no_SDP_is_a_syntax_error(string sdp)
    {
        Assert.Equal(SdpErrorCodes.Syntax, SdpTestData.ReadError(sdp).Code);
    }

    [Theory]
    [InlineData("s=-", "hello")]
    [InlineData("s=-", "S=-")]
    [InlineData("s=-", "=")]
    [InlineData("s=-", "s")]
    [InlineData(FirstSection, "m=audio")]
    [InlineData(FirstSection, "m=audio 9 UDP/TLS/RTP/SAVPF")]
    [InlineData(FirstSection, "m=audio x UDP/TLS/RTP/SAVPF 111")]
    [InlineData(FirstSection, "m=audio 65536 UDP/TLS/RTP/SAVPF 111")]
    [InlineData(FirstSection, "m=audio -1 UDP/TLS/RTP/SAVPF 111")]
    [InlineData("a=rtpmap:111 opus/48000/2", "a=rtpmap:128 opus/48000/2")]
    [InlineData("a=rtpmap:111 opus/48000/2", "a=rtpmap:opus/48000/2")]
    [InlineData("a=rtpmap:111 opus/48000/2", "a=rtpmap")]
    [InlineData("a=extmap:1 urn", "a=extmap:one urn")]
    [InlineData("a=ssrc:168496141 cname:test-client", "a=ssrc:4294967296 cname:x")]
    public void A_line_that_cannot_be_read_is_named_by_its_number(string line, string replacement)
    {
        string sdp = Valid.WithFirst(line, replacement);

        SdpError error = SdpTestData.ReadError(sdp);

        Assert.Equal(SdpErrorCodes.Syntax, error.Code);
        Assert.StartsWith(replacement, sdp.Split("\r\n")[error.Line - 1], StringComparison.Ordinal);
    }

    [Fact]
    public void Too_many_characters_lines_or_sections_are_refused()
    {
        string header = "v=0\r\n";

        Assert.Equal(SdpErrorCodes.TooLarge, SdpTestData.ReadError(header + "s=" + new string('x', 65_536)).Code);
        Assert.Equal(
            (SdpErrorCodes.TooLarge, 2_001),
            Placed(SdpTestData.ReadError(header + string.Concat(Enumerable.Repeat("a=x\r\n", 2_000)))));
        Assert.Equal(
            (SdpErrorCodes.TooLarge, 66),
            Placed(SdpTestData.ReadError(header + string.Concat(Enumerable.Repeat($"{FirstSection}\r\n", 65)))));
        Assert.Equal(
            SdpErrorCodes.MediaCount,
            SdpTestData.ReadError(header + string.Concat(Enumerable.Repeat($"{FirstSection}\r\n", 64))).Code);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void Each_offered_section_must_be_answered(int slots)
    {
        Assert.Equal(SdpErrorCodes.MediaCount, SdpTestData.ReadError((SdpTestData.Valid with { Slots = slots }).ToString()).Code);
    }

    [Theory]
    [InlineData("m=audio 9", "m=video 9", SdpErrorCodes.WrongMedia)]
    [InlineData("UDP/TLS/RTP/SAVPF", "RTP/AVP", SdpErrorCodes.WrongMedia)]
    [InlineData("a=mid:0\r\n", "", SdpErrorCodes.MidMismatch)]
    [InlineData("a=mid:0", "a=mid:audio", SdpErrorCodes.MidMismatch)]
    [InlineData("a=mid:1", "a=mid:2", SdpErrorCodes.MidMismatch)]
    [InlineData("a=sendonly", "a=recvonly", SdpErrorCodes.WrongDirection)]
    [InlineData("a=recvonly", "a=sendonly", SdpErrorCodes.WrongDirection)]
    [InlineData("BUNDLE 0 1 2 3", "BUNDLE 0 1 3", SdpErrorCodes.NotBundled)]
    [InlineData("a=group:BUNDLE 0 1 2 3\r\n", "", SdpErrorCodes.NotBundled)]
    [InlineData("a=group:BUNDLE", "a=group:LS", SdpErrorCodes.NotBundled)]
    [InlineData("t=0 0", "t=0 0\r\na=ice-lite", SdpErrorCodes.IceLite)]
    [InlineData(Credentials, "", SdpErrorCodes.NoIceCredentials)]
    [InlineData("a=ice-pwd:clientpassword00000022\r\n", "", SdpErrorCodes.NoIceCredentials)]
    [InlineData("a=ice-ufrag:abcd\r\n", "", SdpErrorCodes.NoIceCredentials)]
    [InlineData("a=ice-ufrag:abcd", "a=ice-ufrag:abc", SdpErrorCodes.BadIceCredentials)]
    [InlineData("a=ice-ufrag:abcd", "a=ice-ufrag:ab:cd", SdpErrorCodes.BadIceCredentials)]
    [InlineData("a=ice-ufrag:abcd", "a=ice-ufrag:ab cd", SdpErrorCodes.BadIceCredentials)]
    [InlineData("a=ice-ufrag:abcd", "a=ice-ufrag:ab\u00E9cd", SdpErrorCodes.BadIceCredentials)]
    [InlineData("clientpassword00000022", "clientpassword0000021", SdpErrorCodes.BadIceCredentials)]
    [InlineData("a=setup:active", "a=setup:passive", SdpErrorCodes.WrongSetup)]
    [InlineData("a=setup:active", "a=setup:actpass", SdpErrorCodes.WrongSetup)]
    [InlineData("a=setup:active\r\n", "", SdpErrorCodes.WrongSetup)]
    [InlineData("a=rtcp-mux\r\n", "", SdpErrorCodes.NoRtcpMux)]
    [InlineData("a=rtpmap:111 opus/48000/2\r\n", "", SdpErrorCodes.NoOpus)]
    [InlineData("opus/48000/2", "opus/16000", SdpErrorCodes.NoOpus)]
    [InlineData("opus/48000/2", "opus/480000", SdpErrorCodes.NoOpus)]
    [InlineData("SAVPF 111 63", "SAVPF 63", SdpErrorCodes.NoOpus)]
    public void Each_mistake_of_the_first_section_or_the_session_has_its_code(string old, string replacement, string code)
    {
        SdpError error = SdpTestData.ReadError(Valid.WithFirst(old, replacement));

        Assert.Equal(code, error.Code);
        Assert.EndsWith(".", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_password_or_fragment_beyond_256_characters_is_refused()
    {
        Assert.Equal(SdpErrorCodes.BadIceCredentials, SdpTestData.ReadError(Valid.With("a=ice-ufrag:abcd", "a=ice-ufrag:" + new string('a', 257))).Code);
        Assert.Equal(SdpErrorCodes.BadIceCredentials, SdpTestData.ReadError(Valid.With("clientpassword00000022", new string('a', 257))).Code);
    }

    [Fact]
    public void A_missing_or_unreadable_fingerprint_has_its_code()
    {
        Assert.Equal(SdpErrorCodes.NoFingerprint, SdpTestData.ReadError(Valid.With(FingerprintLine, "")).Code);
        Assert.Equal(
            SdpErrorCodes.BadFingerprint,
            SdpTestData.ReadError(Valid.With(FingerprintLine, "a=fingerprint:sha-1 " + string.Join(':', Enumerable.Repeat("AB", 20)) + "\r\n")).Code);
        Assert.Equal(SdpErrorCodes.BadFingerprint, SdpTestData.ReadError(Valid.With(FingerprintLine, FingerprintLine.TrimEnd()[..^3] + "\r\n")).Code);
    }

    [Fact]
    public void An_answer_that_accepts_nothing_is_an_error()
    {
        string rejected = Valid.With("m=audio 9", "m=audio 0");
        string inactive = Valid.With("a=sendonly", "a=inactive").With("a=recvonly", "a=inactive");

        Assert.Equal(SdpErrorCodes.NothingAccepted, SdpTestData.ReadError(rejected).Code);
        Assert.Equal(SdpErrorCodes.NothingAccepted, SdpTestData.ReadError(inactive).Code);
    }

    [Fact]
    public void A_slot_must_keep_the_offered_payload_type()
    {
        int second = Valid.IndexOf("a=mid:0", StringComparison.Ordinal);
        string otherNumber = Valid[..second] + Valid[second..].WithFirst("SAVPF 111 63", "SAVPF 96 63");
        string otherCodec = Valid[..second] + Valid[second..].With("a=rtpmap:111 opus/48000/2\r\na=fmtp:111 minptime=10;useinbandfec=1\r\na=rtpmap:63 red/48000/2\r\na=fmtp:63 111/111\r\nm=", "a=rtpmap:111 PCMU/8000\r\nm=");

        Assert.Equal(SdpErrorCodes.WrongPayloadType, SdpTestData.ReadError(otherNumber).Code);
        Assert.Equal(SdpErrorCodes.WrongPayloadType, SdpTestData.ReadError(otherCodec).Code);
    }

    [Theory]
    [InlineData(63, true)]
    [InlineData(64, false)]
    [InlineData(95, false)]
    [InlineData(96, true)]
    public void Payload_types_that_look_like_RTCP_are_refused(byte payloadType, bool taken)
    {
        string sdp = (SdpTestData.Valid with { OpusPayloadType = payloadType, Red = false }).ToString();

        if (taken)
            Assert.Equal(payloadType, SdpTestData.Read(sdp).OpusPayloadType);
        else
            Assert.Equal(SdpErrorCodes.WrongPayloadType, SdpTestData.ReadError(sdp).Code);
    }

    [Fact]
    public void The_offer_itself_is_no_answer()
    {
        Assert.Equal(SdpErrorCodes.WrongDirection, SdpTestData.ReadError(OfferWriter.Write(SdpTestData.Offer())).Code);
    }

    [Theory]
    [InlineData("a=setup:active", "a=setup:passive")]
    [InlineData("a=ice-ufrag:abcd", "a=ice-ufrag:abc")]
    [InlineData("a=ice-pwd:clientpassword00000022", "a=ice-pwd:short")]
    [InlineData("a=mid:1", "a=mid:7")]
    [InlineData("a=msid:- 3f9e1e5c", "a=extmap:")]
    public void The_line_of_the_mistake_is_told(string line, string mistake)
    {
        string sdp = Valid.WithFirst(line, mistake);

        Assert.Equal(mistake, sdp.Split("\r\n")[SdpTestData.ReadError(sdp).Line - 1]);
    }

    [Fact]
    public void What_a_section_lacks_is_told_by_its_m_line()
    {
        string[] incomplete =
        [
            Valid.With(Credentials, ""),
            Valid.With(FingerprintLine, ""),
            Valid.With("a=setup:active\r\n", ""),
            Valid.With("a=rtcp-mux\r\n", ""),
            Valid.With("a=mid:0\r\n", ""),
            Valid.WithFirst("opus/48000/2", "opus/8000"),
        ];

        Assert.Equal([7, 7, 7, 7, 7, 7], incomplete.Select(sdp => SdpTestData.ReadError(sdp).Line));
        Assert.StartsWith("m=audio", Valid.Split("\r\n")[7 - 1], StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_wrong_as_a_whole_has_no_line()
    {
        Assert.Equal(0, SdpTestData.ReadError((SdpTestData.Valid with { Slots = 1 }).ToString()).Line);
    }

    [Fact]
    public void Codes_are_distinct_kebab_case_and_start_with_sdp()
    {
        string[] codes = [.. typeof(SdpErrorCodes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetRawConstantValue()!)];

        Assert.Equal(codes.Length, codes.Distinct().Count());
        Assert.All(codes, code => Assert.Matches("^sdp(-[a-z]+)+$", code));
    }

    private static (string Code, int Line) Placed(SdpError error) => (error.Code, error.Line);
}
