using System.Buffers.Binary;
using Sfu.Buffers;
using Sfu.Diagnostics;
using Sfu.Microbenchmarks.Support;
using Sfu.Rtp;
using Sfu.Srtp;

namespace Sfu.Microbenchmarks.Srtp;

/// <summary>One protected packet from each of 5,000 senders. Decrypted once they are used up: a replay is no work.</summary>
internal sealed class ArrivingPackets : IDisposable
{
    private const int Stride = 192;
    private const long FirstIndex = 300;

    private readonly SrtpSender[] _senders;
    private readonly PinnedMemory _memory = new(Keyring.Keys * Stride);
    private readonly byte[] _header = SlotPacket.Header(0);
    private readonly byte[] _payload = SlotPacket.Payload();
    private readonly int _length;

    public ArrivingPackets(SrtpProfile profile)
    {
        _senders = Keyring.Senders(profile, Keyring.OpenSsl);
        _length = SlotPacket.Length + _senders[0].RtpOverhead;
    }

    /// <summary>Rollover counter and sequence number of the packets that are there now.</summary>
    public long Index { get; private set; } = FirstIndex - 1;

    public Span<byte> this[int i] => _memory.Slice(i * Stride, _length);

    /// <summary>Everybody sends the next packet.</summary>
    public void Next()
    {
        Index++;
        BinaryPrimitives.WriteUInt16BigEndian(_header.AsSpan(RtpHeaderWriter.SequenceNumberOffset), (ushort)Index);
        for (int i = 0; i < _senders.Length; i++)
        {
            _header.CopyTo(this[i]);
            _senders[i].Protect(this[i], SlotPacket.HeaderLength, _payload, 0, (uint)(Index >> 16));
        }
    }

    /// <returns>How many were decrypted.</returns>
    public int Unprotect(SrtpReceiver[] receivers)
    {
        int accepted = 0;
        for (int i = 0; i < receivers.Length; i++)
        {
            if (receivers[i].Unprotect(this[i], SlotPacket.HeaderLength, out _, out _) == DropReason.None)
                accepted++;
        }

        return accepted;
    }

    /// <summary>Takes new packets through <paramref name="unprotect"/> and compares what comes out.</summary>
    public void Verify(Func<int> unprotect, string what)
    {
        Next();
        Require.That(unprotect() == Keyring.Keys, $"{what} takes a packet for forged.");
        for (int i = 0; i < Keyring.Keys; i++)
            Require.That(this[i].Slice(SlotPacket.HeaderLength, SlotPacket.PayloadLength).SequenceEqual(_payload), $"{what} decrypts wrongly.");
    }

    public void Dispose() => Keyring.Dispose(_senders);
}
