using System.Diagnostics.CodeAnalysis;
using Sfu.Diagnostics;
using Sfu.Dtls;
using Sfu.FanOut;
using Sfu.Ice;
using Sfu.Losses;
using Sfu.Opus;
using Sfu.Rtcp;
using Sfu.Sdp;
using Sfu.Slots;
using Sfu.Srtp;
using Sfu.Time;
using Sfu.Timers;

namespace Sfu.Peers;

/// <summary>One client's transport: its ICE agent, its DTLS association, its SRTP keys, its microphone and its ears.</summary>
/// <remarks>Belongs to one worker's thread from construction to <see cref="Dispose"/>. As a timer it is due at <see cref="Deadline"/>.</remarks>
internal sealed class Peer(long key, RoomShard room, IceLiteAgent ice, uint csrc, IPeerObserver observer, LevelMeters meters, Action<Peer, Instant> onDue)
    : TimerEntry, IDisposable
{
    /// <summary>
    /// A listener's losses count once in so long, however often it reports: half of <see cref="ListenerLosses.Window"/>, so that
    /// all who report at the usual rate count alike.
    /// </summary>
    private static readonly TimeSpan LossInterval = ListenerLosses.Window * ListenerLosses.Interval / 2;

    /// <summary>A client that doubles its timer from 50 ms on needs fewer in 30 s.</summary>
    private const int MaxFinalFlightRepeats = 12;

    private Fingerprint? _fingerprint;
    private uint _slotMask;
    private ListenerFormat _format = ListenerFormat.Usual;
    private int _slotLimit = MediaConstants.MaxSlots;
    private DtlsResult? _handshake;
    private DtlsFinalFlight? _finalFlight;
    private int _finalFlightRepeats;
    private Instant _nextLossCount;

    public long Key { get; } = key;

    public RoomShard Room { get; } = room;

    public IceLiteAgent Ice { get; } = ice;

    /// <summary>What names this client in the packets that others get.</summary>
    public uint Csrc { get; } = csrc;

    /// <summary>To the client and back.</summary>
    public RoundTripEstimate RoundTrip => Microphone.RoundTrip;

    public Microphone Microphone { get; } = new(meters);

    public MediaState State { get; private set; } = MediaState.Connecting;

    /// <summary>Null until the handshake is done and the certificate is the one that the answer named.</summary>
    public SrtpReceiver? Receiver { get; private set; }

    /// <inheritdoc cref="Receiver"/>
    public SrtpSender? Sender { get; private set; }

    /// <inheritdoc cref="Receiver"/>
    public Listener? Listener { get; private set; }

    /// <summary>Set with the first DTLS datagram: who never gets that far costs no handshake.</summary>
    public bool HandshakeBegun { get; set; }

    /// <summary>Set with the first packet of the microphone.</summary>
    public bool HasSpoken { get; set; }

    public bool HandshakeDone => _finalFlight is not null;

    /// <summary>When consent runs out, a receiver report is due or the client is to be asked for missing packets.</summary>
    public Instant Deadline => Instant.Min(
        State == MediaState.Connected ? Ice.Deadline : Instant.Never,
        Instant.Min(Microphone.ReportDeadline, Microphone.AskDeadline));

    public void Apply(Answer answer)
    {
        Ice.SetRemote(answer.Ice);
        _fingerprint = answer.Fingerprint;
        _slotMask = answer.SlotMask;
        _format = answer.Format;
        Listener?.SlotMask = _slotMask;
        Microphone.Apply(answer);
    }

    public void CompleteHandshake(DtlsResult result)
    {
        _handshake = result;
        _finalFlight = result.FinalFlight;
    }

    /// <summary>Our last flight, for a client that repeats its own because ours was lost (RFC 6347 4.2.4).</summary>
    /// <returns>False after a few times: what asks for it is not authenticated.</returns>
    public bool TryRepeatFinalFlight([NotNullWhen(true)] out DtlsFinalFlight? flight)
    {
        flight = _finalFlight;
        return flight is not null && _finalFlightRepeats++ < MaxFinalFlightRepeats;
    }

    /// <summary>Makes keys when both the handshake and the answer are there; either may come first.</summary>
    public EstablishOutcome TryEstablish()
    {
        if (_handshake is not { } handshake || _fingerprint is null)
            return EstablishOutcome.Nothing;
        _handshake = null;
        if (!_fingerprint.Matches(handshake.PeerCertificate))
            return EstablishOutcome.FingerprintMismatch;

        (SrtpKeys client, SrtpKeys server) = SrtpKeys.FromKeyingMaterial(handshake.Profile, handshake.KeyingMaterial);
        Receiver = new SrtpReceiver(handshake.Profile, client);
        Sender = new SrtpSender(handshake.Profile, server);
        Listener = new Listener(Sender, Room.Slots, _format)
        {
            OwnCsrc = Csrc,
            Path = Ice.SendPath,
            SlotMask = _slotMask,
            SlotLimit = _slotLimit,
        };
        return EstablishOutcome.Established;
    }

    /// <param name="slots">At least 1; see <see cref="Listener.SlotLimit"/>.</param>
    public void LimitSlots(int slots)
    {
        _slotLimit = slots;
        Listener?.SlotLimit = slots;
    }

    /// <summary>Sends to where ICE says that the client is now.</summary>
    public void FollowPath()
    {
        if (Listener is { } listener)
            listener.Path = Ice.SendPath;
    }

    /// <param name="packet">Compound or reduced-size, authenticated and decrypted.</param>
    /// <param name="now">When it arrived.</param>
    /// <param name="ntp">The same instant, on the clock of our sender reports.</param>
    /// <param name="feedback">Of the worker.</param>
    public DropReason ReceiveRtcp(ReadOnlySpan<byte> packet, Instant now, ulong ntp, DownlinkFeedback feedback)
    {
        DropReason reason = RtcpReader.TryRead(packet, out RtcpReader reader);
        while (reason == DropReason.None && reader.MoveNext())
        {
            reason = reader.Current.Type switch
            {
                RtcpType.SenderReport => ReceiveSenderReport(reader.Current, now, ntp, feedback),
                RtcpType.ReceiverReport => ReceiveReceiverReport(reader.Current, now, ntp, feedback),
                RtcpType.TransportFeedback when Nack.IsNack(reader.Current) => ReceiveNack(reader.Current, now, feedback),
                // SDES, BYE, XR, feedback for video, and what is to be invented: nothing here depends on it.
                _ => DropReason.None,
            };
        }

        return reason;
    }

    /// <summary>Tells the control plane when the state is another one.</summary>
    public void Enter(MediaState state)
    {
        if (State == state)
            return;
        State = state;
        observer.OnMediaState(state);
    }

    public void TellFingerprintMismatch() => observer.OnFingerprintMismatch();

    public void Dispose()
    {
        Microphone.Dispose();
        Receiver?.Dispose();
        Sender?.Dispose();
    }

    private DropReason ReceiveSenderReport(RtcpPacket packet, Instant now, ulong ntp, DownlinkFeedback feedback)
    {
        DropReason reason = SenderReport.TryRead(packet, out SenderReport report);
        if (reason != DropReason.None)
            return reason;
        Microphone.OnSenderReport(report.Ssrc, report.NtpTimestamp, now);
        Read(report.Blocks, now, ntp, feedback);
        return DropReason.None;
    }

    private DropReason ReceiveReceiverReport(RtcpPacket packet, Instant now, ulong ntp, DownlinkFeedback feedback)
    {
        DropReason reason = ReceiverReport.TryRead(packet, out ReceiverReport report);
        if (reason == DropReason.None)
            Read(report.Blocks, now, ntp, feedback);
        return reason;
    }

    private DropReason ReceiveNack(RtcpPacket packet, Instant now, DownlinkFeedback feedback)
    {
        DropReason reason = Nack.TryRead(packet, out Nack nack);
        if (reason == DropReason.None)
            feedback.OnNack(Listener, nack, now);
        return reason;
    }

    private void Read(ReportBlockReader blocks, Instant now, ulong ntp, DownlinkFeedback feedback)
    {
        bool wasOnRed = Listener is { OnRed: true };
        bool counts = now >= _nextLossCount && Listener is { IsSilenced: false };
        foreach (ReportBlock block in blocks)
        {
            TimeSpan? roundTrip = block.RoundTrip(ntp);
            if (roundTrip is { } sample)
                RoundTrip.Add(sample);
            feedback.OnReport(Listener, block, roundTrip, now);
            uint slot = block.Ssrc - MediaConstants.SlotSsrc(0);
            if (!counts || slot >= Room.Slots)
                continue;
            Room.Losses.Count((int)slot, block.FractionLost);
            _nextLossCount = now + LossInterval;
        }

        if (Listener is { } heard && heard.OnRed != wasOnRed)
            observer.OnRedundancy(heard.OnRed);
    }

    protected internal override void OnDue(Instant now) => onDue(this, now);
}
