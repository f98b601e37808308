using Sfu.Srtp;
using Sfu.TestKit.Srtp;

namespace Sfu.Tests.Srtp;

public class SrtpSenderTests
{
    private const byte Untouched = 0x5A;

    public static TheoryData<SrtpProfile, CipherSource> Profiles => SrtpProfiles.All;

    [Theory]
    [InlineData(SrtpProfile.AeadAes128Gcm, 16)]
    [InlineData(SrtpProfile.AeadAes256Gcm, 16)]
    [InlineData(SrtpProfile.AesCm128HmacSha1_80, 10)]
    public void The_overhead_is_the_tag_and_for_RTCP_the_index(SrtpProfile profile, int tag)
    {
        using SrtpPair pair = new(profile);

        Assert.Equal((tag, tag + 4), (pair.Sender.RtpOverhead, pair.Sender.RtcpOverhead));
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public void Nothing_is_written_beyond_the_returned_length(SrtpProfile profile, CipherSource source)
    {
        using SrtpPair pair = new(profile, source);
        byte[] payload = RtpBytes.RandomBytes(new Random(1), 40);
        for (int size = 0; size <= payload.Length; size++)
        {
            byte[] packet = new byte[200];
            Array.Fill(packet, Untouched);
            RtpBytes.Header(1, (ushort)size).CopyTo(packet, 0);
            int length = pair.Sender.Protect(packet, 12, payload.AsSpan(0, size), size % 4, 0);
            Assert.Equal(12 + size + size % 4 + pair.Sender.RtpOverhead, length);
            Assert.DoesNotContain(packet[length..], b => b != Untouched);

            Array.Fill(packet, Untouched);
            length = pair.Sender.ProtectRtcp(packet, 8 + size);
            Assert.Equal(8 + size + pair.Sender.RtcpOverhead, length);
            Assert.DoesNotContain(packet[length..], b => b != Untouched);
        }
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public void A_retransmission_is_the_same_bytes_again(SrtpProfile profile, CipherSource source)
    {
        using SrtpPair pair = new(profile, source);

        Assert.Equal(pair.ProtectAt(77), pair.ProtectAt(77));
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public void A_packet_without_room_is_refused(SrtpProfile profile, CipherSource source)
    {
        using SrtpPair pair = new(profile, source);
        byte[] packet = [.. RtpBytes.Header(1, 1), .. new byte[20]];
        int room = packet.Length - 12 - pair.Sender.RtpOverhead;

        Assert.Throws<ArgumentException>(() => pair.Sender.Protect(packet, 12, new byte[room + 1], 0, 0));
        Assert.Throws<ArgumentException>(() => pair.Sender.Protect(packet, 12, new byte[room], 1, 0));
        Assert.Throws<ArgumentException>(() => pair.Sender.Protect(packet, 11, new byte[1], 0, 0));
        Assert.Throws<ArgumentException>(() => pair.Sender.ProtectRtcp(packet, packet.Length - pair.Sender.RtcpOverhead + 1));
        Assert.Throws<ArgumentException>(() => pair.Sender.ProtectRtcp(packet, 7));
        Assert.Equal(packet.Length, pair.Sender.Protect(packet, 12, new byte[room], 0, 0));
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public void A_payload_that_overlaps_where_it_goes_is_protected_alike(SrtpProfile profile, CipherSource source)
    {
        const int headerLength = 60;
        using SrtpPair pair = new(profile, source);
        byte[] packet = RtpBytes.RandomBytes(new Random(2), 300);
        for (int offset = 12; offset < 2 * headerLength; offset++)
        {
            // Another index each time, as it is another plaintext.
            packet[3] = (byte)offset;
            byte[] payload = packet[offset..(offset + 75)];
            byte[] expected = pair.Protect(packet[..headerLength], payload, 0);
            byte[] actual = [.. packet];

            int length = pair.Sender.Protect(actual, headerLength, actual.AsSpan(offset, payload.Length), 0, 0);

            Assert.Equal(expected, actual[..length]);
        }
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public void After_disposal_nothing_is_encrypted(SrtpProfile profile, CipherSource source)
    {
        SrtpPair pair = new(profile, source);
        pair.Dispose();

        Assert.Throws<ObjectDisposedException>(() => pair.ProtectAt(1));
    }

#if DEBUG
    [Fact]
    public void In_debug_builds_other_bytes_under_a_used_index_are_refused()
    {
        using SrtpPair pair = new(SrtpProfile.AeadAes128Gcm);
        pair.Protect(RtpBytes.Header(1, 5), [1, 2, 3], 0);

        pair.Protect(RtpBytes.Header(1, 5), [1, 2, 3], 1);
        pair.Protect(RtpBytes.Header(2, 5), [1, 2, 4], 0);
        Assert.Throws<InvalidOperationException>(() => pair.Protect(RtpBytes.Header(1, 5), [1, 2, 4], 1));
    }
#endif
}
