using Sfu.Diagnostics;
using Sfu.Srtp;
using Sfu.TestKit.Srtp;

namespace Sfu.Tests.Srtp;

public class SrtpReceiverTests
{
    public static TheoryData<SrtpProfile, CipherSource> Profiles => SrtpProfiles.All;

    [Theory]
    [MemberData(nameof(Profiles))]
    public void A_packet_is_received_once(SrtpProfile profile, CipherSource source)
    {
        using SrtpPair pair = new(profile, source);
        byte[] first = pair.ProtectAt(100);
        byte[] second = pair.ProtectAt(101);

        Assert.Equal(DropReason.None, pair.Receive(first));
        Assert.Equal(DropReason.SrtpReplayed, pair.Receive(first));
        Assert.Equal(DropReason.None, pair.Receive(second));
        Assert.Equal(DropReason.SrtpReplayed, pair.Receive(first));
        Assert.Equal(DropReason.SrtpReplayed, pair.Receive(second));
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public void A_late_packet_is_received_within_the_window_and_too_old_behind_it(SrtpProfile profile, CipherSource source)
    {
        using SrtpPair pair = new(profile, source);
        Assert.Equal(DropReason.None, pair.Receive(pair.ProtectAt(1000)));

        Assert.Equal(DropReason.None, pair.Receive(pair.ProtectAt(1000 - 127)));
        Assert.Equal(DropReason.SrtpTooOld, pair.Receive(pair.ProtectAt(1000 - 128)));
        Assert.Equal(DropReason.SrtpReplayed, pair.Receive(pair.ProtectAt(1000 - 127)));
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public void The_rollover_counter_follows_through_wraps_with_loss_and_reordering(SrtpProfile profile, CipherSource source)
    {
        using SrtpPair pair = new(profile, source);
        Random random = new(31);
        long next = 0xff00;
        while (next < 0x4_0100)
        {
            // Blocks of 16, shuffled, a third of them lost; between the wraps whole stretches are lost.
            long[] block = [.. Enumerable.Range(0, 16).Select(i => next + i)];
            random.Shuffle(block);
            foreach (long sent in block.Where(_ => random.Next(3) != 0))
            {
                Assert.Equal(DropReason.None, pair.Receive(pair.ProtectAt(sent), out long index));
                Assert.Equal(sent, index);
            }

            next += (ushort)(next + 0x200) < 0x400 ? 16 : 0x7000 / 4;
        }
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public void A_stream_whose_packets_before_the_first_wrap_are_all_lost_is_received(SrtpProfile profile, CipherSource source)
    {
        using SrtpPair pair = new(profile, source);

        Assert.Equal(DropReason.None, pair.Receive(pair.ProtectAt(0x1_0003), out long index));
        Assert.Equal(0x1_0003, index);
        Assert.Equal(DropReason.None, pair.Receive(pair.ProtectAt(0x1_0004)));
        Assert.Equal(DropReason.None, pair.Receive(pair.ProtectAt(0xfffe), out index));
        Assert.Equal(0xfffe, index);
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public void A_forged_packet_changes_nothing(SrtpProfile profile, CipherSource source)
    {
        using SrtpPair pair = new(profile, source);
        Assert.Equal(DropReason.None, pair.Receive(pair.ProtectAt(10)));

        // A forgery with an index far ahead would move the window past the packets that follow, and one half a cycle ahead the rollover counter.
        foreach (long index in new long[] { 11, 5000, 0x7fff, 0x8005 })
        {
            byte[] forged = pair.ProtectAt(index);
            forged[^1] ^= 1;
            byte[] packet = [.. forged];
            Assert.Equal(DropReason.SrtpAuthenticationFailed, pair.Receiver.Unprotect(packet, 12, out int length, out long unknown));
            Assert.Equal((0, 0), (length, unknown));
            Assert.Equal(forged, packet);
        }

        Assert.Equal(DropReason.None, pair.Receive(pair.ProtectAt(9)));
        Assert.Equal(DropReason.None, pair.Receive(pair.ProtectAt(11)));
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public void Forged_SSRCs_take_no_room_and_authentic_ones_are_bounded(SrtpProfile profile, CipherSource source)
    {
        using SrtpPair pair = new(profile, source);
        for (uint ssrc = 1; ssrc <= 100; ssrc++)
        {
            byte[] forged = pair.ProtectAt(1, ssrc);
            forged[20] ^= 0x80;
            Assert.Equal(DropReason.SrtpAuthenticationFailed, pair.Receive(forged));
        }

        for (uint ssrc = 1; ssrc <= SrtpReceiver.DefaultMaxSsrcs; ssrc++)
            Assert.Equal(DropReason.None, pair.Receive(pair.ProtectAt(1, ssrc)));

        Assert.Equal(DropReason.SrtpTooManySsrcs, pair.Receive(pair.ProtectAt(1, 100)));
        for (uint ssrc = 1; ssrc <= SrtpReceiver.DefaultMaxSsrcs; ssrc++)
        {
            Assert.Equal(DropReason.SrtpReplayed, pair.Receive(pair.ProtectAt(1, ssrc)));
            Assert.Equal(DropReason.None, pair.Receive(pair.ProtectAt(2, ssrc)));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(15)]
    public void Who_expects_so_many_SSRCs_receives_so_many_and_no_more(int most)
    {
        using SrtpPair pair = new(SrtpProfile.AeadAes128Gcm, maxSsrcs: most);
        for (uint ssrc = 1; ssrc <= most; ssrc++)
        {
            Assert.Equal(DropReason.None, pair.Receive(pair.ProtectAt(1, ssrc)));
            Assert.Equal(DropReason.None, pair.ReceiveRtcp(pair.ProtectRtcp(RtpBytes.Rtcp(new Random(1), ssrc, 1))));
        }

        Assert.Equal(DropReason.SrtpTooManySsrcs, pair.Receive(pair.ProtectAt(1, 100)));
        Assert.Equal(DropReason.SrtpTooManySsrcs, pair.ReceiveRtcp(pair.ProtectRtcp(RtpBytes.Rtcp(new Random(1), 100, 1))));
        Assert.Equal(DropReason.None, pair.Receive(pair.ProtectAt(2, (uint)most)));
    }

    [Fact]
    public void A_bound_below_one_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new SrtpPair(SrtpProfile.AeadAes128Gcm, maxSsrcs: 0));

    [Theory]
    [MemberData(nameof(Profiles))]
    public void A_packet_without_room_for_header_and_tag_is_too_short(SrtpProfile profile, CipherSource source)
    {
        using SrtpPair pair = new(profile, source);
        int overhead = pair.Sender.RtpOverhead;

        Assert.Equal(DropReason.SrtpTooShort, pair.Receiver.Unprotect([], 12, out _, out _));
        Assert.Equal(DropReason.SrtpTooShort, pair.Receiver.Unprotect(new byte[12 + overhead - 1], 12, out _, out _));
        Assert.Equal(DropReason.SrtpAuthenticationFailed, pair.Receiver.Unprotect(new byte[12 + overhead], 12, out _, out _));
        Assert.Equal(DropReason.SrtpTooShort, pair.Receiver.Unprotect(new byte[100], 11, out _, out _));
        Assert.Equal(DropReason.SrtpTooShort, pair.Receiver.Unprotect(new byte[100], int.MaxValue, out _, out _));
        Assert.Equal(DropReason.SrtpTooShort, pair.Receiver.Unprotect(new byte[100], -1, out _, out _));
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public void A_packet_without_payload_is_received(SrtpProfile profile, CipherSource source)
    {
        using SrtpPair pair = new(profile, source);
        byte[] packet = pair.Protect(RtpBytes.Header(7, 1), [], 0);

        Assert.Equal(DropReason.None, pair.Receiver.Unprotect(packet, 12, out int length, out _));
        Assert.Equal(12, length);
    }
}
