using System.Buffers.Binary;
using Sfu.Net;
using Sfu.Slots;
using Sfu.Srtp;
using Sfu.TestKit.Net;
using Sfu.TestKit.Workers;

namespace Sfu.Tests.Workers;

/// <summary>
/// Looks at what left a server for repeated nonces, as somebody on the line could who has no keys: with AES-GCM two datagrams under
/// one (SSRC, index) that differ give away both plaintexts and the key of the tags (RFC 7714 8.1).
/// </summary>
public sealed class CapturedNonceTests(ITestOutputHelper output)
{
    private static readonly LinkConditions Lossy = new()
    {
        Delay = TimeSpan.FromMilliseconds(15),
        Loss = 0.08,
        BurstStart = 0.01,
        BurstEnd = 0.4,
        Reorder = 0.05,
        Duplicate = 0.02,
    };

    private readonly List<(TransportAddress To, byte[] Datagram)> _captured = [];

    [Theory]
    [InlineData(SrtpProfile.AeadAes128Gcm)]
    [InlineData(SrtpProfile.AesCm128HmacSha1_80)]
    public void A_nonce_is_one_datagram(SrtpProfile profile)
    {
        using var node = new SimulatedNode(seed: 7);
        SimulatedClient[] speakers = [Connect(node, profile), Connect(node, profile), Connect(node, profile)];
        SimulatedClient[] listeners = [.. Enumerable.Range(0, 4).Select(i => Connect(node, profile, rtx: i % 2 == 1))];
        node.Network.SetConditions(Lossy);
        node.Network.Capture = (from, to, datagram) =>
        {
            if (from == SimulatedNode.AddressOf(0))
                _captured.Add((to, datagram));
        };

        var random = new Random(3);
        for (int i = 0; i < 2_000; i++)
        {
            Disturb(node, speakers, listeners, random);
            foreach (SimulatedClient speaker in speakers)
                speaker.Speak(SimulatedClient.Opus(i + (int)speaker.Key * 7), node.Now);
            node.Advance(SimulatedClient.PacketInterval);
        }

        Assert.True(node.Cores[0].Media.RedSwitches > 0);
        (int packets, int repeats, int rtx) = CheckRtp();
        output.WriteLine($"{packets} datagrams of RTP, {repeats} sent again, {rtx} as RTX, {CheckRtcp(profile)} of RTCP");
        Assert.Equal(node.Cores[0].Media.RetransmittedPackets, repeats + rtx);
        Assert.True(repeats > 300);
        Assert.True(rtx > 150);
    }

    private static void Disturb(SimulatedNode node, SimulatedClient[] speakers, SimulatedClient[] listeners, Random random)
    {
        switch (random.Next(40))
        {
            case 0:
                node.Cores[0].LimitSlots(listeners[random.Next(4)].Key, random.Next(1, 4));
                break;
            case 1:
                node.Cores[0].SetMuted(SimulatedNode.RoomKey, speakers[random.Next(3)].Csrc, random.Next(3) == 0);
                break;
            case 2:
                node.TakeStage(speakers[random.Next(3)]);
                break;
            case 3:
                node.Cores[0].RemoveSpeaker(SimulatedNode.RoomKey, speakers[random.Next(3)].Csrc);
                break;
        }
    }

    /// <returns>Datagrams, and how many of them were repetitions, of the same bytes and on a stream of their own.</returns>
    private (int Packets, int Repeats, int Rtx) CheckRtp()
    {
        var highest = new Dictionary<(TransportAddress, uint), long>();
        var seen = new Dictionary<(TransportAddress, uint, long), byte[]>();
        int packets = 0;
        int repeats = 0;
        int rtx = 0;
        foreach ((TransportAddress to, byte[] datagram) in _captured.Where(c => c.Datagram[0] >> 6 == 2 && c.Datagram[1] is < 192 or > 223))
        {
            ushort sequence = BinaryPrimitives.ReadUInt16BigEndian(datagram.AsSpan(2));
            uint ssrc = BinaryPrimitives.ReadUInt32BigEndian(datagram.AsSpan(8));
            long before = highest.GetValueOrDefault((to, ssrc), sequence);
            long index = before + (short)(sequence - (ushort)before);
            highest[(to, ssrc)] = Math.Max(before, index);
            packets++;
            rtx += ssrc >= MediaConstants.RtxSsrc(0) && ssrc <= MediaConstants.RtxSsrc(MediaConstants.MaxSlots) ? 1 : 0;
            if (seen.TryAdd((to, ssrc, index), datagram))
                continue;
            repeats++;
            Assert.Equal(seen[(to, ssrc, index)], datagram);
        }

        return (packets, repeats, rtx);
    }

    private int CheckRtcp(SrtpProfile profile)
    {
        // The index with its E bit is behind the ciphertext, before the tag where there is one (RFC 3711 3.4, RFC 7714 9).
        int fromEnd = profile == SrtpProfile.AesCm128HmacSha1_80 ? 14 : 4;
        var seen = new HashSet<(TransportAddress, uint, uint)>();
        int packets = 0;
        foreach ((TransportAddress to, byte[] datagram) in _captured.Where(c => c.Datagram[0] >> 6 == 2 && c.Datagram[1] is >= 192 and <= 223))
        {
            uint ssrc = BinaryPrimitives.ReadUInt32BigEndian(datagram.AsSpan(4));
            uint index = BinaryPrimitives.ReadUInt32BigEndian(datagram.AsSpan(datagram.Length - fromEnd));
            Assert.True(seen.Add((to, ssrc, index)));
            packets++;
        }

        return packets;
    }

    private static SimulatedClient Connect(SimulatedNode node, SrtpProfile profile, bool rtx = false) => node.Connect(options: new SimulatedClientOptions
    {
        Profiles = [profile],
        Nack = true,
        Rtx = rtx,
        Ear = new SimulatedEar(nack: true, TimeSpan.FromMilliseconds(120)),
    });
}
