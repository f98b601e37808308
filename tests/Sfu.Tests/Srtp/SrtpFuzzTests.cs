using Sfu.Diagnostics;
using Sfu.Srtp;
using Sfu.TestKit.Fuzzing;
using Sfu.TestKit.Srtp;

namespace Sfu.Tests.Srtp;

public class SrtpFuzzTests
{
    private const int Datagrams = 200_000 / 3 / 2 + 1;
    private const int Inputs = 40;

    public static TheoryData<SrtpProfile, CipherSource> Profiles => SrtpProfiles.All;

    [Theory]
    [MemberData(nameof(Profiles))]
    public void A_mutated_SRTP_packet_is_dropped(SrtpProfile profile, CipherSource source)
    {
        using SrtpPair pair = new(profile, source);
        Random random = new(51);
        List<byte[]> corpus = [];
        for (ushort i = 0; i < Inputs; i++)
            corpus.Add(pair.Protect(RtpBytes.RandomHeader(random, SrtpPair.Ssrc + i % 3u, i), RtpBytes.RandomBytes(random, random.Next(160)), 0));

        Mutator mutator = new(52, corpus);
        for (int i = 0; i < Datagrams; i++)
        {
            Span<byte> datagram = mutator.Next();
            byte[] copy = datagram.ToArray();
            int headerLength = random.Next(64) == 0 ? random.Next(-5, 2000) : HeaderLength(copy);
            DropReason reason = pair.Receiver.Unprotect(datagram, headerLength, out int length, out _);
            if (reason == DropReason.None)
                Assert.Contains(corpus, input => input.AsSpan().SequenceEqual(copy));
            else
                Assert.True(length == 0 && datagram.SequenceEqual(copy), $"Iteration {mutator.Iteration} was changed and dropped: {reason}");
        }
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public void A_mutated_SRTCP_packet_is_dropped(SrtpProfile profile, CipherSource source)
    {
        using SrtpPair pair = new(profile, source);
        Random random = new(53);
        List<byte[]> corpus = [];
        for (uint i = 0; i < Inputs; i++)
            corpus.Add(pair.Reference.ProtectRtcp(RtpBytes.Rtcp(random, i % 3, random.Next(40)), i, encrypt: i % 4 != 0));

        Mutator mutator = new(54, corpus);
        for (int i = 0; i < Datagrams; i++)
        {
            Span<byte> datagram = mutator.Next();
            byte[] copy = datagram.ToArray();
            DropReason reason = pair.Receiver.UnprotectRtcp(datagram, out int length);
            if (reason == DropReason.None)
                Assert.Contains(corpus, input => input.AsSpan().SequenceEqual(copy));
            else
                Assert.True(length == 0 && datagram.SequenceEqual(copy), $"Iteration {mutator.Iteration} was changed and dropped: {reason}");
        }
    }

    private static int HeaderLength(byte[] packet)
    {
        if (packet.Length < 12) return 12;
        int length = 12 + 4 * (packet[0] & 0x0f);
        if ((packet[0] & 0x10) == 0) return length;
        return packet.Length < length + 4 ? length : length + 4 + 4 * (packet[length + 2] << 8 | packet[length + 3]);
    }
}
