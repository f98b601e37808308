using Sfu.Sdp;

namespace Sfu.Tests.Sdp;

internal static class OfferTestData
{
    public static ClientOffer Publisher(string sdp) => Read(sdp, OfferPurpose.Publish);

    public static ClientOffer Listener(string sdp) => Read(sdp, OfferPurpose.Listen);

    public static ClientOffer Read(string sdp, OfferPurpose purpose)
    {
        Assert.True(OfferReader.TryRead(sdp, purpose, out ClientOffer? offer, out SdpError? error), error?.ToString());
        Assert.Null(error);
        return offer;
    }

    public static SdpError ReadError(string sdp, OfferPurpose purpose)
    {
        Assert.False(OfferReader.TryRead(sdp, purpose, out ClientOffer? offer, out SdpError? error));
        Assert.Null(offer);
        return error;
    }

    /// <summary>Our answer in a room with so many slots, cut into what stands before the first m-line and the sections.</summary>
    public static string[] AnswerTo(ClientOffer offer, int slots = SdpTestData.Slots)
    {
        string sdp = AnswerWriter.Write(SdpTestData.Offer(slots), offer);
        Assert.EndsWith("\r\n", sdp, StringComparison.Ordinal);
        return sdp.Split("\r\nm=");
    }
}
