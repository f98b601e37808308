using Sfu.Diagnostics;
using Sfu.Srtp;
using Sfu.TestKit.Srtp;

namespace Sfu.Tests.Srtp;

public class SrtcpReceiverTests
{
    private readonly Random _random = new(41);

    public static TheoryData<SrtpProfile, CipherSource> Profiles => SrtpProfiles.All;

    [Theory]
    [MemberData(nameof(Profiles))]
    public void A_packet_is_received_once_late_or_not(SrtpProfile profile, CipherSource source)
    {
        using SrtpPair pair = new(profile, source);
        byte[] late = pair.ProtectRtcp(RtpBytes.Rtcp(_random, 1, 5));
        byte[] next = pair.ProtectRtcp(RtpBytes.Rtcp(_random, 1, 5));

        Assert.Equal(DropReason.None, pair.ReceiveRtcp(next));
        Assert.Equal(DropReason.None, pair.ReceiveRtcp(late));
        Assert.Equal(DropReason.SrtpReplayed, pair.ReceiveRtcp(next));
        Assert.Equal(DropReason.SrtpReplayed, pair.ReceiveRtcp(late));
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public void A_packet_behind_the_window_is_too_old(SrtpProfile profile, CipherSource source)
    {
        using SrtpPair pair = new(profile, source);
        byte[] rtcp = RtpBytes.Rtcp(_random, 1, 5);

        Assert.Equal(DropReason.None, pair.ReceiveRtcp(pair.Reference.ProtectRtcp(rtcp, 1000)));
        Assert.Equal(DropReason.None, pair.ReceiveRtcp(pair.Reference.ProtectRtcp(rtcp, 873)));
        Assert.Equal(DropReason.SrtpTooOld, pair.ReceiveRtcp(pair.Reference.ProtectRtcp(rtcp, 872)));
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public void Any_changed_bit_fails_and_changes_nothing(SrtpProfile profile, CipherSource source)
    {
        using SrtpPair pair = new(profile, source);
        foreach (bool encrypt in new[] { true, false })
        {
            byte[] packet = pair.Reference.ProtectRtcp(RtpBytes.Rtcp(_random, 1, 3), encrypt ? 1u : 2u, encrypt);
            for (int bit = 0; bit < packet.Length * 8; bit++)
            {
                byte[] forged = [.. packet];
                forged[bit / 8] ^= (byte)(1 << bit % 8);
                byte[] received = [.. forged];
                Assert.NotEqual(DropReason.None, pair.Receiver.UnprotectRtcp(received, out int length));
                Assert.Equal(0, length);
                Assert.Equal(forged, received);
            }

            Assert.Equal(DropReason.None, pair.ReceiveRtcp(packet));
        }
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public void Sender_SSRCs_are_bounded(SrtpProfile profile, CipherSource source)
    {
        using SrtpPair pair = new(profile, source);
        for (uint ssrc = 1; ssrc <= SrtpReceiver.DefaultMaxSsrcs; ssrc++)
            Assert.Equal(DropReason.None, pair.ReceiveRtcp(pair.ProtectRtcp(RtpBytes.Rtcp(_random, ssrc, 1))));

        Assert.Equal(DropReason.SrtpTooManySsrcs, pair.ReceiveRtcp(pair.ProtectRtcp(RtpBytes.Rtcp(_random, 100, 1))));
        Assert.Equal(DropReason.None, pair.ReceiveRtcp(pair.ProtectRtcp(RtpBytes.Rtcp(_random, 1, 1))));
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public void A_packet_without_room_for_header_index_and_tag_is_too_short(SrtpProfile profile, CipherSource source)
    {
        using SrtpPair pair = new(profile, source);
        int shortest = 8 + pair.Sender.RtcpOverhead;

        Assert.Equal(DropReason.SrtpTooShort, pair.ReceiveRtcp([]));
        Assert.Equal(DropReason.SrtpTooShort, pair.ReceiveRtcp(new byte[shortest - 1]));
        Assert.Equal(DropReason.SrtpAuthenticationFailed, pair.ReceiveRtcp(new byte[shortest]));
        Assert.Equal(DropReason.None, pair.ReceiveRtcp(pair.ProtectRtcp(RtpBytes.Rtcp(_random, 1, 0))));
    }
}
