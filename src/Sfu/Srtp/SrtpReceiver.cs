using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Sfu.Diagnostics;

namespace Sfu.Srtp;

/// <summary>Authenticates and decrypts what comes from one peer (RFC 3711, RFC 7714). One thread; allocates only when an authenticated SSRC is new.</summary>
/// <remarks>A packet that is dropped changes no state, whatever it looks like.</remarks>
public sealed class SrtpReceiver : IDisposable
{
    /// <summary>More than a browser sends: a microphone and what may come to stand beside it.</summary>
    public const int DefaultMaxSsrcs = 8;

    private const int SequenceOffset = 2;

    // A first packet below this may come from after a wrap whose packets before it were lost.
    private const ushort HalfSequenceSpace = 0x8000;

    private readonly SrtpTransform _transform;
    private ReplayWindows _rtp;
    private ReplayWindows _rtcp;

    /// <param name="maxSsrcs">At least 1; for RTP and for RTCP each. Memory grows with those that have come.</param>
    public SrtpReceiver(SrtpProfile profile, SrtpKeys keys, int maxSsrcs = DefaultMaxSsrcs)
        : this(profile, keys, SrtpCiphers.Default, maxSsrcs)
    {
    }

    internal SrtpReceiver(SrtpProfile profile, SrtpKeys keys, SrtpCiphers ciphers, int maxSsrcs = DefaultMaxSsrcs)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxSsrcs, 1);
        _rtp = new ReplayWindows(maxSsrcs);
        _rtcp = new ReplayWindows(maxSsrcs);
        _transform = SrtpTransform.Create(profile, KeyDerivation.Derive(profile, keys), CipherDirection.Decrypt, ciphers);
    }

    /// <summary>Decrypts in place. The bytes of a packet that is not authentic stay as they are.</summary>
    /// <param name="packet">The datagram, all of it.</param>
    /// <param name="headerLength">12 + 4 * CC + extension, from the caller's RTP reader.</param>
    /// <param name="length">Header and payload, padding included, without the tag; 0 for a dropped packet.</param>
    /// <param name="index">The 48-bit packet index (rollover counter * 2^16 + sequence number); 0 for a dropped packet.</param>
    public DropReason Unprotect(Span<byte> packet, int headerLength, out int length, out long index)
    {
        length = 0;
        index = 0;
        if (headerLength < SrtpTransform.RtpHeaderLength || packet.Length - _transform.TagLength < headerLength)
            return DropReason.SrtpTooShort;

        uint ssrc = SrtpTransform.RtpSsrc(packet);
        ushort sequence = BinaryPrimitives.ReadUInt16BigEndian(packet[SequenceOffset..]);
        long guess;

        ref ReplayWindow window = ref _rtp.Find(ssrc);
        if (Unsafe.IsNullRef(ref window))
        {
            if (!TryFirst(packet, headerLength, sequence, out guess)) return DropReason.SrtpAuthenticationFailed;
            if (_rtp.IsFull) return DropReason.SrtpTooManySsrcs;

            _rtp.Add(ssrc, guess);
        }
        else
        {
            guess = PacketIndex.Guess(window.Highest, sequence);
            DropReason reason = window.Check(guess);
            if (reason != DropReason.None) return reason;
            if (!_transform.UnprotectRtp(packet, headerLength, guess)) return DropReason.SrtpAuthenticationFailed;

            window.Accept(guess);
        }

        index = guess;
        length = packet.Length - _transform.TagLength;
        return DropReason.None;
    }

    /// <summary>Decrypts in place, or only authenticates where the E flag is 0 (RFC 3711 3.4).</summary>
    /// <param name="packet">The datagram, all of it.</param>
    /// <param name="length">The compound packet; 0 for a dropped packet.</param>
    public DropReason UnprotectRtcp(Span<byte> packet, out int length)
    {
        length = 0;
        int plainLength = packet.Length - _transform.TagLength - SrtpTransform.RtcpIndexLength;
        if (plainLength < SrtpTransform.RtcpHeaderLength) return DropReason.SrtpTooShort;

        uint ssrc = SrtpTransform.RtcpSsrc(packet);
        long index = BinaryPrimitives.ReadUInt32BigEndian(packet[^_transform.RtcpIndexFromEnd..]) & SrtpTransform.RtcpIndexMask;

        ref ReplayWindow window = ref _rtcp.Find(ssrc);
        if (Unsafe.IsNullRef(ref window))
        {
            if (!_transform.UnprotectRtcp(packet)) return DropReason.SrtpAuthenticationFailed;
            if (_rtcp.IsFull) return DropReason.SrtpTooManySsrcs;

            _rtcp.Add(ssrc, index);
        }
        else
        {
            DropReason reason = window.Check(index);
            if (reason != DropReason.None) return reason;
            if (!_transform.UnprotectRtcp(packet)) return DropReason.SrtpAuthenticationFailed;

            window.Accept(index);
        }

        length = plainLength;
        return DropReason.None;
    }

    public void Dispose() => _transform.Dispose();

    /// <summary>The first packet of an SSRC: its rollover counter is 0 (RFC 3711 3.3.1), or 1 where it started shortly before a wrap
    /// and everything before the wrap was lost.</summary>
    private bool TryFirst(Span<byte> packet, int headerLength, ushort sequence, out long index)
    {
        index = PacketIndex.From(0, sequence);
        if (_transform.UnprotectRtp(packet, headerLength, index)) return true;
        if (sequence >= HalfSequenceSpace) return false;

        index = PacketIndex.From(1, sequence);
        return _transform.UnprotectRtp(packet, headerLength, index);
    }
}
