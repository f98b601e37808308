using Sfu.Sdp;

namespace Sfu.Tests.Sdp;

public sealed class IceFragmentTests
{
    private const string Trickled =
        "a=ice-ufrag:EsAw\r\na=ice-pwd:P2uYro0UCOQ4zxjKXaWCBui1\r\nm=audio 9 UDP/TLS/RTP/SAVPF 0\r\na=mid:0\r\n"
        + "a=candidate:1387637174 1 udp 2122260223 192.0.2.1 61764 typ host generation 0 ufrag EsAw network-id 1\r\n"
        + "a=candidate:3471623853 1 tcp 1518280447 4a6ca2f1-host.local 9 typ host tcptype active\r\n"
        + "a=end-of-candidates\r\n";

    private const string Restarted =
        "a=ice-options:trickle\r\na=group:BUNDLE 0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=mid:0\r\na=ice-ufrag:ysXw\r\na=ice-pwd:vw5LmwG4y/e6dPP/zAP9Gp5k\r\n";

    [Theory]
    [InlineData(Trickled, "EsAw")]
    [InlineData(Restarted, "ysXw")]
    [InlineData("m=audio 9 UDP/TLS/RTP/SAVPF 0\r\na=mid:0\r\na=end-of-candidates\r\n", null)]
    [InlineData("", null)]
    public void Candidates_and_restarts_are_read(string text, string? fragment)
    {
        Assert.True(IceFragmentReader.TryRead(text, out IceFragment? read, out SdpError? error), error?.ToString());
        Assert.Equal(fragment, read.Ice?.UsernameFragment);
    }

    [Theory]
    [InlineData("a=mid:0", "hello", SdpErrorCodes.Syntax, 4)]
    [InlineData("typ host", "type host", SdpErrorCodes.BadCandidate, 5)]
    [InlineData("192.0.2.1 61764", "192.0.2.1 65536", SdpErrorCodes.BadCandidate, 5)]
    [InlineData("1 udp 2122260223", "257 udp 2122260223", SdpErrorCodes.BadCandidate, 5)]
    [InlineData("1 udp 2122260223", "1 udp many", SdpErrorCodes.BadCandidate, 5)]
    [InlineData(" 9 typ host tcptype active", "", SdpErrorCodes.BadCandidate, 6)]
    [InlineData("a=ice-pwd:P2uYro0UCOQ4zxjKXaWCBui1\r\n", "", SdpErrorCodes.NoIceCredentials, 0)]
    [InlineData("a=ice-ufrag:EsAw", "a=ice-ufrag:EsA", SdpErrorCodes.BadIceCredentials, 1)]
    [InlineData("a=mid:0", "a=mid:0\r\na=ice-lite", null, 0)]
    public void What_cannot_be_read_has_its_code_and_line(string old, string replacement, string? code, int line)
    {
        bool read = IceFragmentReader.TryRead(Trickled.With(old, replacement), out _, out SdpError? error);

        Assert.Equal(code is null, read);
        Assert.Equal((code, line), (error?.Code, error?.Line ?? 0));
    }

    [Fact]
    public void A_restart_is_answered_to_the_letter()
    {
        const string Golden =
            """
            a=ice-lite
            a=ice-options:trickle
            a=group:BUNDLE audio0
            m=audio 9 UDP/TLS/RTP/SAVPF 97
            a=mid:audio0
            a=ice-ufrag:srvfrag1
            a=ice-pwd:serverpassword0000000024
            a=candidate:4 1 udp 2130706431 192.0.2.1 40000 typ host
            a=candidate:6 1 udp 2130706175 2001:db8::1 40000 typ host
            a=end-of-candidates

            """;

        string text = IceFragmentWriter.Write(SdpTestData.Offer(), OfferTestData.Publisher(ClientOffers.GStreamerPublisher));

        Assert.Equal(Golden.ReplaceLineEndings("\r\n"), text);
    }

    [Fact]
    public void Our_own_fragment_says_that_we_are_lite_and_is_none_of_a_client()
    {
        string text = IceFragmentWriter.Write(SdpTestData.Offer(), OfferTestData.Publisher(ClientOffers.Bare));

        Assert.False(IceFragmentReader.TryRead(text, out _, out SdpError? error));
        Assert.Equal(SdpErrorCodes.IceLite, error.Code);
    }
}
