using Sfu.Diagnostics;
using Sfu.Srtp;
using Sfu.TestKit.Srtp;

namespace Sfu.Tests.Srtp;

/// <summary>Against an implementation that shares no code with ours, in both directions.</summary>
public class ReferenceInteropTests
{
    private const int Packets = 600;

    public static TheoryData<SrtpProfile, CipherSource> Profiles => SrtpProfiles.All;

    [Theory]
    [MemberData(nameof(Profiles))]
    public void The_reference_reads_our_RTP(SrtpProfile profile, CipherSource source)
    {
        using SrtpPair pair = new(profile, source);
        Random random = new(11);
        long index = 0xff00;
        for (int i = 0; i < Packets; i++, index += random.Next(1, 4))
        {
            uint rolloverCounter = (uint)(index >> 16);
            byte[] header = RtpBytes.RandomHeader(random, SrtpPair.Ssrc, (ushort)index);
            byte[] payload = RtpBytes.RandomBytes(random, random.Next(1200));
            int padding = random.Next(3) == 0 ? random.Next(256) : 0;
            byte[] tail = padding == 0 ? [] : [.. new byte[padding - 1], (byte)padding];

            byte[] packet = pair.Protect(header, payload, rolloverCounter, padding);

            byte[] plain = [.. header, .. payload, .. tail];
            Assert.Equal(plain, pair.Reference.Unprotect(packet, rolloverCounter));
        }

        Assert.True(index > 0x10000);
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public void We_read_the_references_RTP(SrtpProfile profile, CipherSource source)
    {
        using SrtpPair pair = new(profile, source);
        Random random = new(12);
        long expected = 0xff00;
        for (int i = 0; i < Packets; i++, expected += random.Next(1, 4))
        {
            byte[] header = RtpBytes.RandomHeader(random, SrtpPair.Ssrc, (ushort)expected);
            byte[] plain = [.. header, .. RtpBytes.RandomBytes(random, random.Next(1200))];
            byte[] packet = pair.Reference.Protect(plain, (uint)(expected >> 16));

            Assert.Equal(DropReason.None, pair.Receiver.Unprotect(packet, header.Length, out int length, out long index));

            Assert.Equal(expected, index);
            Assert.Equal(plain, packet[..length]);
        }

        Assert.True(expected > 0x10000);
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public void The_reference_reads_our_RTCP_between_our_RTP(SrtpProfile profile, CipherSource source)
    {
        using SrtpPair pair = new(profile, source);
        Random random = new(13);
        for (uint i = 0; i < Packets; i++)
        {
            byte[] rtcp = RtpBytes.Rtcp(random, SrtpPair.Ssrc, random.Next(60));

            (byte[] Packet, uint Index)? read = pair.Reference.UnprotectRtcp(pair.ProtectRtcp(rtcp));

            Assert.Equal(rtcp, read?.Packet);
            Assert.Equal(i, read?.Index);
            if (random.Next(2) == 0) Assert.NotNull(pair.Reference.Unprotect(pair.ProtectAt(i), 0));
        }
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public void We_read_the_references_RTCP_encrypted_or_not_between_its_RTP(SrtpProfile profile, CipherSource source)
    {
        using SrtpPair pair = new(profile, source);
        Random random = new(14);
        for (uint i = 0; i < Packets; i++)
        {
            byte[] rtcp = RtpBytes.Rtcp(random, SrtpPair.Ssrc, random.Next(60));
            byte[] packet = pair.Reference.ProtectRtcp(rtcp, 0x7fff_f000 + i, encrypt: random.Next(2) == 0);

            Assert.Equal(DropReason.None, pair.Receiver.UnprotectRtcp(packet, out int length));

            Assert.Equal(rtcp, packet[..length]);
            if (random.Next(2) == 0)
                Assert.Equal(DropReason.None, pair.Receive(pair.Reference.Protect(RtpBytes.Header(SrtpPair.Ssrc, (ushort)i), 0)));
        }
    }
}
