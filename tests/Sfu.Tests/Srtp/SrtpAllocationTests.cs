using System.Buffers.Binary;
using Sfu.Diagnostics;
using Sfu.Srtp;
using Sfu.TestKit.Diagnostics;
using Sfu.TestKit.Srtp;

namespace Sfu.Tests.Srtp;

public class SrtpAllocationTests
{
    private const int Packets = 100_000;

    public static TheoryData<SrtpProfile, CipherSource> Profiles => SrtpProfiles.All;

    [Theory]
    [MemberData(nameof(Profiles))]
    public void A_packet_allocates_nothing(SrtpProfile profile, CipherSource source)
    {
        byte[] packet = new byte[300];
        RtpBytes.Header(SrtpPair.Ssrc, 0).CopyTo(packet, 0);
        byte[] rtcp = [.. RtpBytes.Rtcp(new Random(1), SrtpPair.Ssrc, 10), .. new byte[20]];
        byte[] payload = new byte[108];

        long allocated = Allocations.Of(
            () =>
            {
                SrtpPair pair = new(profile, source);
                Send(pair, packet, payload, rtcp, 0, 1);
                return pair;
            },
            pair => Send(pair, packet, payload, rtcp, 1, Packets));

        Assert.Equal(0, allocated);
    }

    private static void Send(SrtpPair pair, byte[] packet, byte[] payload, byte[] rtcp, int from, int count)
    {
        int failures = 0;
        for (int index = from; index < from + count; index++)
        {
            BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), (ushort)index);
            int sent = pair.Sender.Protect(packet, 12, payload, index & 3, (uint)(index >> 16));
            if (pair.Receiver.Unprotect(packet.AsSpan(0, sent), 12, out _, out long received) != DropReason.None || received != index) failures++;
            if (pair.Receiver.Unprotect(packet.AsSpan(0, sent), 12, out _, out _) == DropReason.None) failures++;
            if (index % 16 != 0) continue;

            sent = pair.Sender.ProtectRtcp(rtcp, 48);
            if (pair.Receiver.UnprotectRtcp(rtcp.AsSpan(0, sent), out _) != DropReason.None) failures++;
        }

        if (failures != 0) Assert.Fail($"{failures} failures");
    }
}
