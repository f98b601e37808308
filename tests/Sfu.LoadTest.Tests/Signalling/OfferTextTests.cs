using System.Net;
using Sfu.Dtls;
using Sfu.Ice;
using Sfu.LoadTest.Signalling;
using Sfu.Net;
using Sfu.Sdp;
using Sfu.Slots;

namespace Sfu.LoadTest.Tests.Signalling;

public sealed class OfferTextTests
{
    [Fact]
    public void Ours_has_a_slot_for_each_section_that_sends()
    {
        DtlsCertificate certificate = DtlsCertificate.Create(DateTimeOffset.UtcNow);
        var endPoint = new IPEndPoint(IPAddress.Loopback, 5_000);
        string offer = OfferWriter.Write(new DescriptionParameters(
            1, 1, new IceCredentials("server01", "password-of-the-server-1"), certificate.Fingerprint, [new IceCandidate(endPoint, 65_535)], Slots: 2));

        ServerMedia media = OfferText.Read(offer, csrc: 7);

        Assert.Equal((2, MediaConstants.SlotSsrc(0), 7u), (media.Slots, media.FirstSsrc, media.Csrc!.Value));
        Assert.Equal(TransportAddress.From(endPoint), media.Address);
    }

    [Fact]
    public void Janus_has_one_slot_with_an_ssrc_of_the_viewers_and_names_nobody()
    {
        ServerMedia media = OfferText.Read(JanusOffer.Text, csrc: null);

        Assert.Equal((1, JanusOffer.Ssrc, null), (media.Slots, media.FirstSsrc, media.Csrc));
        Assert.Equal(new IceCredentials("bjxO", "A3z6bRZ18ihtgpwpVLUMbC"), media.Ice);
        Assert.Equal(TransportAddress.FromIPv4(0x0AC8_0001, 36_705), media.Address);
    }

    [Theory]
    [InlineData("a=ssrc:", "a=else:")]
    [InlineData("a=ssrc:2530220801", "a=ssrc:much")]
    [InlineData("a=candidate:", "a=else:")]
    [InlineData("a=fingerprint:", "a=else:")]
    [InlineData("a=ice-pwd:", "a=else:")]
    public void What_is_missing_is_told(string there, string instead) => Assert.Throws<SignallingException>(
        () => OfferText.Read(JanusOffer.Text.Replace(there, instead, StringComparison.Ordinal), csrc: null));
}
