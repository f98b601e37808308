using System.Net;
using Sfu.Dtls;
using Sfu.Ice;
using Sfu.Sdp;
using Sfu.TestKit.Sdp;

namespace Sfu.Tests.Sdp;

internal static class SdpTestData
{
    public const int Slots = 3;

    public static readonly Fingerprint ServerFingerprint = Fingerprint.OfCertificate([1, 2, 3]);

    public static readonly Fingerprint ClientFingerprint = Fingerprint.OfCertificate([4, 5, 6]);

    public static readonly IceCredentials ClientIce = new("abcd", "clientpassword00000022");

    public static readonly TestAnswer Valid = new(ClientIce, ClientFingerprint);

    public static DescriptionParameters Offer(int slots = Slots) => new(
        4_611_731_400_430_051_336,
        1,
        new IceCredentials("srvfrag1", "serverpassword0000000024"),
        ServerFingerprint,
        [new IceCandidate(IPEndPoint.Parse("192.0.2.1:40000"), 65_535), new IceCandidate(IPEndPoint.Parse("[2001:db8::1]:40000"), 65_534)],
        slots);

    public static Answer Read(string sdp, int slots = Slots)
    {
        Assert.True(AnswerReader.TryRead(sdp, slots, out Answer? answer, out SdpError? error), error?.ToString());
        Assert.Null(error);
        return answer;
    }

    public static SdpError ReadError(string sdp, int slots = Slots)
    {
        Assert.False(AnswerReader.TryRead(sdp, slots, out Answer? answer, out SdpError? error));
        Assert.Null(answer);
        return error;
    }

    /// <summary>Replaces text that must be there.</summary>
    public static string With(this string sdp, string old, string replacement)
    {
        Assert.Contains(old, sdp, StringComparison.Ordinal);
        return sdp.Replace(old, replacement, StringComparison.Ordinal);
    }

    /// <summary>Replaces the first occurrence only, which is in the microphone's section for what all sections have.</summary>
    public static string WithFirst(this string sdp, string old, string replacement)
    {
        int at = sdp.IndexOf(old, StringComparison.Ordinal);
        Assert.True(at >= 0);
        return sdp[..at] + replacement + sdp[(at + old.Length)..];
    }
}
