using Sfu.Diagnostics;
using Sfu.Srtp;
using Sfu.TestKit.Srtp;

namespace Sfu.Tests.Srtp;

/// <summary>A sender, the receiver of what it sends, and the reference implementation with the same keys.</summary>
internal sealed class SrtpPair : IDisposable
{
    public const uint Ssrc = 0xCAFEBABE;

    // What a reused buffer holds from before.
    private const byte Stale = 0x5A;

    public SrtpPair(SrtpProfile profile, CipherSource source = CipherSource.OpenSsl, int maxSsrcs = SrtpReceiver.DefaultMaxSsrcs)
    {
        byte[] material = RtpBytes.RandomBytes(new Random(1), SrtpKeys.KeyingMaterialLength(profile));
        SrtpKeys keys = SrtpKeys.FromKeyingMaterial(profile, material).Client;
        Sender = new SrtpSender(profile, keys, source.Ciphers());
        Receiver = new SrtpReceiver(profile, keys, source.Ciphers(), maxSsrcs);
        Reference = ReferenceSrtp.FromKeyingMaterial(profile, material).Client;
    }

    public SrtpSender Sender { get; }

    public SrtpReceiver Receiver { get; }

    public ReferenceSrtp Reference { get; }

    public byte[] Protect(byte[] header, ReadOnlySpan<byte> payload, uint rolloverCounter, int padding = 0)
    {
        byte[] packet = new byte[header.Length + payload.Length + padding + Sender.RtpOverhead];
        Array.Fill(packet, Stale);
        header.CopyTo(packet, 0);
        Assert.Equal(packet.Length, Sender.Protect(packet, header.Length, payload, padding, rolloverCounter));
        return packet;
    }

    /// <summary>A packet of a stream whose payload follows from its index.</summary>
    public byte[] ProtectAt(long index, uint ssrc = Ssrc)
    {
        byte[] payload = BitConverter.GetBytes(index);
        return Protect(RtpBytes.Header(ssrc, (ushort)index), payload, (uint)(index >> 16));
    }

    public byte[] ProtectRtcp(byte[] rtcp)
    {
        byte[] packet = [.. rtcp, .. new byte[Sender.RtcpOverhead]];
        Assert.Equal(packet.Length, Sender.ProtectRtcp(packet, rtcp.Length));
        return packet;
    }

    /// <summary>Leaves <paramref name="packet"/> as it is.</summary>
    public DropReason Receive(byte[] packet, out long index) =>
        Receiver.Unprotect((byte[])packet.Clone(), RtpBytes.FixedHeaderLength, out _, out index);

    /// <inheritdoc cref="Receive(byte[], out long)"/>
    public DropReason Receive(byte[] packet) => Receive(packet, out _);

    /// <inheritdoc cref="Receive(byte[], out long)"/>
    public DropReason ReceiveRtcp(byte[] packet) => Receiver.UnprotectRtcp((byte[])packet.Clone(), out _);

    public void Dispose()
    {
        Sender.Dispose();
        Receiver.Dispose();
    }
}
