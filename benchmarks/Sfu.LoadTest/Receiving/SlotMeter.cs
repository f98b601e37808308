using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Sfu.Diagnostics;
using Sfu.LoadTest.Clients;
using Sfu.LoadTest.Speaking;
using Sfu.LoadTest.Statistics;
using Sfu.Rtp;
using Sfu.Slots;

namespace Sfu.LoadTest.Receiving;

/// <summary>Counts, times and checks the RTP packets of the listeners of one receive thread. It allocates nothing for a packet.</summary>
/// <remarks>
/// What tells a packet (speaker, number, time of sending) is encrypted, but it is the same for all listeners of a room, and so is
/// the RTP timestamp: the first packet of an unknown timestamp is decrypted, whoever gets it, and all others are told by the timestamp.
/// </remarks>
internal sealed class SlotMeter
{
    /// <summary>Of the listeners, one in so many decrypts everything.</summary>
    public const int FullCheckEvery = 50;

    private const int CheckEvery = 50;
    private const int ChecksAtStart = 8;

    private readonly LoadClient?[] _clients;
    private readonly int _listeners;
    private readonly int _rooms;
    private readonly SpeakerDesk _speakers;
    private readonly MeasuredTime _measured;
    private readonly SlotView[] _views;

    /// <summary>By listener: of its first slot.</summary>
    private readonly uint[] _firstSsrcs;

    private readonly SlotStream[] _streams;
    private Injection _injection;

    public SlotMeter(LoadClient?[] clients, int listeners, int rooms, SpeakerDesk speakers, MeasuredTime measured, Injection injection)
    {
        _clients = clients;
        _listeners = listeners;
        _rooms = rooms;
        _speakers = speakers;
        _measured = measured;
        _injection = injection;
        _firstSsrcs = new uint[listeners];
        _views = new SlotView[listeners * MediaConstants.MaxSlots];
        _streams = [.. Enumerable.Range(0, rooms * MediaConstants.MaxSlots).Select(_ => new SlotStream())];
    }

    public PhaseCounters Ramp { get; } = new();

    public PhaseCounters Measured { get; } = new();

    public LatencyHistogram RampLatency { get; } = new();

    public LatencyHistogram Latency { get; } = new();

    public LatencyHistogram Switches { get; } = new();

    public long Authenticated { get; private set; }

    public long Compared { get; private set; }

    public long AuthenticationFailures { get; private set; }

    public long Mismatches { get; private set; }

    public IReadOnlyList<SlotStream> Streams => _streams;

    /// <summary>The views of one listener; to be read when the thread has ended.</summary>
    public ReadOnlySpan<SlotView> ViewsOf(int listener) => _views.AsSpan(listener * MediaConstants.MaxSlots, MediaConstants.MaxSlots);

    /// <summary>The listener has keys: packets count from here on.</summary>
    public void Open(LoadClient listener)
    {
        _firstSsrcs[listener.Number] = listener.FirstSsrc;
        for (int slot = 0; slot < MediaConstants.MaxSlots; slot++)
        {
            _views[listener.Number * MediaConstants.MaxSlots + slot] = new SlotView
            {
                IsOpen = true,
                HasOwnTimeline = listener.HasOwnTimeline,
                Stream = listener.Number % _rooms * MediaConstants.MaxSlots + slot,
                ChecksAtStart = ChecksAtStart,
                UntilCheck = 1,
                Turn = uint.MaxValue,
            };
        }
    }

    /// <param name="number">The client's; those of speakers are not counted.</param>
    /// <param name="packet">SRTP; it may be written over.</param>
    /// <param name="arrival">CLOCK_REALTIME nanoseconds.</param>
    public void OnPacket(uint number, Span<byte> packet, long arrival)
    {
        if (number >= (uint)_listeners || packet.Length < RtpOffsets.FixedLength)
            return;
        uint slot = BinaryPrimitives.ReadUInt32BigEndian(packet[RtpOffsets.Ssrc..]) - _firstSsrcs[number];
        if (slot >= MediaConstants.MaxSlots)
            return;
        ref SlotView view = ref _views[number * MediaConstants.MaxSlots + slot];
        if (!view.IsOpen)
            return;

        SlotStream stream = _streams[view.Stream];
        int plainLength = 0;
        if (view.HasOwnTimeline && !view.IsAligned && !TryAlign(number, packet, ref view, out plainLength))
            return;
        uint timestamp = BinaryPrimitives.ReadUInt32BigEndian(packet[RtpOffsets.Timestamp..]) - view.TimelineOffset;
        ushort sequence = BinaryPrimitives.ReadUInt16BigEndian(packet[RtpOffsets.SequenceNumber..]);
        ref SlotEntry entry = ref stream.Find(timestamp);
        if ((entry.Timestamp != timestamp || !entry.IsKnown) && !TryLearn(number, packet, sequence, view, stream, ref entry, ref plainLength))
            return;

        if (_injection.Throws())
        {
            if (entry.Phase != Phase.After)
                CountersOf(entry.Phase).Injected++;
            return;
        }

        if (Count(number, ref view, entry, sequence, arrival) && --view.UntilCheck <= 0)
        {
            view.UntilCheck = view.ChecksAtStart-- > 0 || number % FullCheckEvery == 0 ? 1 : CheckEvery;
            Check(number, packet, plainLength, entry);
        }
    }

    private bool Count(uint number, ref SlotView view, in SlotEntry entry, ushort sequence, long arrival)
    {
        PhaseCounters counters = CountersOf(entry.Phase);
        int distance = view.Window.Distance(sequence);
        if (!view.HasStarted || entry.Phase > view.Phase)
        {
            if (entry.Phase == Phase.After)
                return false;
            Begin(number, ref view, entry, sequence, distance, arrival);
        }
        else if (entry.Phase < view.Phase || view.Window.Accept(distance) is not { } missing)
        {
            if (entry.Phase == view.Phase)
                counters.Duplicated++;
            return false;
        }
        else
        {
            counters.Missing += missing;
            if (missing < 0)
                counters.OutOfOrder++;
            else
                Follow(ref view, entry, arrival);
        }

        counters.Received++;
        (entry.Phase == Phase.Measured ? Latency : RampLatency).Record(arrival - entry.SentAt);
        return true;
    }

    private void Follow(ref SlotView view, in SlotEntry entry, long arrival)
    {
        if (entry.Turn == view.Turn)
        {
            view.LongestGap = Math.Max(view.LongestGap, arrival - view.LastArrival);
        }
        else
        {
            view.Turn = entry.Turn;
            if (entry.Phase == Phase.Measured && entry.TurnStartedAt >= _measured.From)
                Switches.Record(arrival - entry.TurnStartedAt);
        }

        view.LastArrival = arrival;
        view.LastOrdinal = entry.Ordinal;
    }

    /// <summary>The first packet of all, or of the measured time.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Begin(uint number, ref SlotView view, in SlotEntry entry, ushort sequence, int distance, long arrival)
    {
        long extended = view.HasStarted ? view.Window.Highest + distance : sequence;
        if (!view.HasStarted && _clients[number] is { HeardAt: 0 } client)
            client.HeardAt = arrival;
        view.HasStarted = true;
        view.Phase = entry.Phase;
        view.Window.Start(extended);
        view.FirstOrdinal = entry.Ordinal;
        Follow(ref view, entry, arrival);
        view.LongestGap = 0;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TryLearn(
        uint number, Span<byte> packet, ushort sequence, in SlotView view, SlotStream stream, ref SlotEntry entry, ref int plainLength)
    {
        if (plainLength == 0 && !TryDecrypt(number, packet, out plainLength))
            return false;
        if (!TryReadMarker(packet[..plainLength], out RtpPacket rtp, out PacketMarker marker))
            return false;

        entry = new SlotEntry
        {
            Timestamp = rtp.Timestamp - view.TimelineOffset,
            IsKnown = true,
            Phase = _measured.PhaseOf(marker.SentAt),
            Ordinal = view.HasStarted ? view.LastOrdinal + view.Window.Distance(sequence) : stream.Last + 1,
            SentAt = marker.SentAt,
            TurnStartedAt = _speakers.TurnStartedAt(marker),
            Turn = (uint)marker.Speaker << 16 | marker.Turn,
            Number = marker.Number,
        };
        stream.Added(entry);
        return true;
    }

    /// <summary>Finds out by how much a listener's own timeline is away from the one that all share: the time of its speaker's first packet is 0 there.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TryAlign(uint number, Span<byte> packet, ref SlotView view, out int plainLength)
    {
        if (!TryDecrypt(number, packet, out plainLength) || !TryReadMarker(packet[..plainLength], out RtpPacket rtp, out PacketMarker marker))
            return false;
        view.TimelineOffset = rtp.Timestamp - marker.Number * SlotStream.PacketDuration;
        view.IsAligned = true;
        return true;
    }

    private bool TryReadMarker(ReadOnlySpan<byte> packet, out RtpPacket rtp, out PacketMarker marker)
    {
        marker = default;
        bool isOurs = RtpPacket.TryRead(packet, out rtp) == DropReason.None
            && MarkedOpus.TryRead(rtp.Payload, out marker)
            && _speakers.Knows(marker);
        if (!isOurs)
            Mismatches++;
        return isOurs;
    }

    /// <summary>Authenticates a packet, and compares it with what its speaker has sent.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Check(uint number, Span<byte> packet, int plainLength, in SlotEntry entry)
    {
        if (plainLength == 0 && !TryDecrypt(number, packet, out plainLength))
            return;
        Compared++;
        int speaker = (int)(entry.Turn >> 16);
        bool isSame = RtpPacket.TryRead(packet[..plainLength], out RtpPacket rtp) == DropReason.None
            && Names(rtp, _speakers.CsrcOf(speaker))
            && MarkedOpus.TryRead(rtp.Payload, out PacketMarker marker)
            && marker == new PacketMarker((ushort)speaker, (ushort)entry.Turn, entry.Number, entry.SentAt)
            && MarkedOpus.SameSpeech(rtp.Payload, _speakers.Template(speaker, entry.Number));
        if (!isSame)
            Mismatches++;
    }

    private static bool Names(in RtpPacket rtp, uint? csrc) => csrc is { } one ? rtp.CsrcCount == 1 && rtp.GetCsrc(0) == one : rtp.CsrcCount == 0;

    private bool TryDecrypt(uint number, Span<byte> packet, out int plainLength)
    {
        plainLength = 0;
        DropReason reason = RtpHeader.TryRead(packet, out RtpHeader header);
        if (reason == DropReason.None)
            reason = _clients[number]!.Receiver!.Unprotect(packet, header.Length, out plainLength, out _);
        if (reason == DropReason.None)
            Authenticated++;
        else if (reason is not (DropReason.SrtpReplayed or DropReason.SrtpTooOld))
            AuthenticationFailures++;
        return reason == DropReason.None;
    }

    private PhaseCounters CountersOf(Phase phase) => phase == Phase.Measured ? Measured : Ramp;
}
