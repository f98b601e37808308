using System.Net;
using Sfu.Demux;
using Sfu.Diagnostics;
using Sfu.Dtls;
using Sfu.Ice;
using Sfu.Net;
using Sfu.Peers;
using Sfu.Rtcp;
using Sfu.Rtp;
using Sfu.Sdp;
using Sfu.Slots;
using Sfu.Srtp;
using Sfu.TestKit.Dtls;
using Sfu.TestKit.Ice;
using Sfu.TestKit.Net;
using Sfu.TestKit.Rtp;
using Sfu.TestKit.Sdp;
using Sfu.Time;

namespace Sfu.TestKit.Workers;

/// <summary>A client on a <see cref="SimulatedNetwork"/> with real ICE, DTLS and SRTP: it speaks, and keeps what it hears.</summary>
internal sealed class SimulatedClient : IPeerObserver, IDisposable
{
    public static readonly TimeSpan PacketInterval = TimeSpan.FromMilliseconds(20);

    private const int Mtu = 1_500;

    /// <summary>-dBov of somebody who speaks up.</summary>
    private const byte SpeechLevel = 20;

    private readonly SimulatedNetwork _network;
    private readonly SimulatedClientOptions _options;
    private readonly TestDtlsClient _dtls;
    private readonly byte[] _buffer = new byte[Mtu];
    private readonly SentPackets _sent = new();
    private readonly byte[] _feedback = new byte[Mtu - 100];
    private TransportAddress _server;
    private TransportAddress _address;
    private bool _muteIce;
    private SrtpSender? _sender;
    private SrtpReceiver? _receiver;
    private ushort _sequenceNumber;
    private uint _timestamp = 90_000;
    private uint _rolloverCounter;

    public SimulatedClient(
        long key, SimulatedNetwork network, TransportAddress server, IceCredentials serverIce, SimulatedClientOptions options, Instant now)
    {
        Key = key;
        _network = network;
        _server = server;
        _options = options;
        _sequenceNumber = options.FirstSequenceNumber;
        _dtls = new TestDtlsClient(now, options.Profiles);
        Ice = new TestIceClient(IceCredentials.Create(), serverIce, (ulong)key);
        MoveTo(port: 20_000);
    }

    public long Key { get; }

    public uint Csrc => (uint)(0xC000_0000 + Key);

    /// <summary>Of the microphone.</summary>
    public uint Ssrc => (uint)(0x1000 + Key);

    public TransportAddress Address => _address;

    public TestIceClient Ice { get; }

    public MediaState State { get; private set; } = MediaState.Connecting;

    /// <summary>What the server tells of it.</summary>
    public bool HasRedundancy { get; private set; }

    public bool WasMismatched { get; private set; }

    public bool IsConnected => _receiver is not null && State == MediaState.Connected;

    /// <summary>RTP that decrypted, in the order of arrival.</summary>
    public List<HeardPacket> Heard { get; } = [];

    /// <summary>Hears, reports and asks for what it misses; null for a client that keeps all to itself.</summary>
    public SimulatedEar? Ear { get; init; }

    /// <summary>RTCP that decrypted.</summary>
    public List<byte[]> Reports { get; } = [];

    /// <summary>Packets that were sent again.</summary>
    public int Retransmitted { get; private set; }

    /// <summary>Why datagrams could not be read.</summary>
    public List<DropReason> Failures { get; } = [];

    /// <summary>Some 20 ms Opus packet; each number has its own, of one of forty sizes.</summary>
    public static byte[] Opus(int number) =>
        [0x78, (byte)number, (byte)(number >> 8), .. Enumerable.Repeat((byte)0x5A, 60 + number % 40)];

    public Answer Answer(int slots)
    {
        Fingerprint fingerprint = _options.LiesAboutItsFingerprint ? Fingerprint.OfCertificate("another one"u8) : _dtls.Fingerprint;
        string sdp = new TestAnswer(Ice.Local, fingerprint)
        {
            Slots = slots,
            MicrophoneSsrc = Ssrc,
            MicrophoneNack = _options.Retransmits,
            Red = _options.Red,
            Nack = _options.Nack,
            Rtx = _options.Rtx,
            AudioLevelExtensionId = _options.SendsLevels ? MediaConstants.AudioLevelExtensionId : null,
        }.ToString();
        return AnswerReader.TryRead(sdp, slots, out Answer? answer, out SdpError? error)
            ? answer!
            : throw new InvalidOperationException(error!.Message);
    }

    /// <summary>Another port from now on, as after a NAT has lost its binding.</summary>
    public void MoveTo(int port)
    {
        _network.Detach(_address);
        _address = TransportAddress.From(new IPEndPoint(new IPAddress([10, 1, (byte)(Key >> 8), (byte)Key]), port));
        _network.Attach(_address, Receive);
    }

    /// <summary>Sends to another address of the server from now on, from another port, as who changes from UDP to TCP.</summary>
    public void MoveTo(int port, TransportAddress server)
    {
        _server = server;
        MoveTo(port);
    }

    /// <summary>Checks its path now instead of when it is time to.</summary>
    public void CheckNow() => Ice.Restart(Ice.Local, Ice.Server);

    /// <summary>Sends no more checks, as a suspended phone; <see cref="Wake"/> ends it.</summary>
    public void Suspend() => _muteIce = true;

    public void Wake() => _muteIce = false;

    /// <summary>Sends one 20 ms packet.</summary>
    public void Speak(byte[] opus, Instant now) => Send(NextPacket(opus), now);

    /// <summary>The microphone's next 20 ms as an SRTP packet, for a caller that sends it.</summary>
    public byte[] NextPacket(byte[] opus)
    {
        byte[] payload = _sent.PayloadOf(opus, _timestamp, _options.RedDistance);
        byte payloadType = _options.RedDistance > 0 ? MediaConstants.RedPayloadType : MediaConstants.OpusPayloadType;
        RtpBuilder builder = new RtpBuilder { SequenceNumber = _sequenceNumber, Timestamp = _timestamp, Ssrc = Ssrc, PayloadType = payloadType }
            .WithPayload(payload);
        if (_options.SendsLevels)
            builder.WithAudioLevel(MediaConstants.AudioLevelExtensionId, SpeechLevel, voice: true);
        byte[] plain = builder.Build();
        int header = plain.Length - payload.Length;
        byte[] packet = new byte[plain.Length + _sender!.RtpOverhead];
        plain.AsSpan(0, header).CopyTo(packet);
        _sender.Protect(packet, header, payload, padding: 0, _rolloverCounter);
        _sent.Add(_sequenceNumber, packet);
        SkipSpeech();
        return packet;
    }

    /// <summary>As if a packet had been sent and lost.</summary>
    public void SkipSpeech()
    {
        if (++_sequenceNumber == 0)
            _rolloverCounter++;
        _timestamp += 960;
    }

    public void SendRtcp(ReadOnlySpan<byte> compound, Instant now)
    {
        byte[] packet = new byte[Mtu];
        compound.CopyTo(packet);
        Send(packet.AsSpan(0, _sender!.ProtectRtcp(packet, compound.Length)), now);
    }

    public void Send(ReadOnlySpan<byte> datagram, Instant now) => _network.Send(_address, _server, datagram, now);

    public void Advance(Instant now)
    {
        int check = _muteIce ? 0 : Ice.Poll(now, _buffer);
        if (check > 0)
            Send(_buffer.AsSpan(0, check), now);
        if (!Ice.IsConnected)
            return;
        if (_dtls.State == DtlsState.InProgress && _dtls.Deadline <= now)
            _dtls.OnDeadline(now);
        SendHandshake(now);
        int feedback = _sender is null ? 0 : Ear?.Write(_feedback, now) ?? 0;
        if (feedback > 0)
            SendRtcp(_feedback.AsSpan(0, feedback), now);
    }

    public void Dispose()
    {
        _dtls.Dispose();
        _sender?.Dispose();
        _receiver?.Dispose();
    }

    void IPeerObserver.OnMediaState(MediaState state) => State = state;

    void IPeerObserver.OnRedundancy(bool isOn) => HasRedundancy = isOn;

    void IPeerObserver.OnFingerprintMismatch() => WasMismatched = true;

    private void Receive(TransportAddress from, Span<byte> datagram, Instant now)
    {
        switch (DatagramClassifier.Classify(datagram))
        {
            case DatagramKind.Stun:
                Ice.Handle(datagram, now);
                break;
            case DatagramKind.Dtls:
                _dtls.Receive(datagram, now);
                SendHandshake(now);
                TakeKeys();
                break;
            case DatagramKind.Rtp:
                ReceiveRtp(datagram, now);
                break;
            case DatagramKind.Rtcp:
                ReceiveRtcp(datagram, now);
                break;
            default:
                Failures.Add(DropReason.UnknownProtocol);
                break;
        }
    }

    private void ReceiveRtp(Span<byte> datagram, Instant now)
    {
        DropReason reason = RtpHeader.TryRead(datagram, out RtpHeader header);
        int length = 0;
        long index = 0;
        if (reason == DropReason.None)
            reason = _receiver!.Unprotect(datagram, header.Length, out length, out index);
        RtpPacket packet = default;
        if (reason == DropReason.None)
            reason = RtpPacket.TryRead(datagram[..length], out packet);
        if (reason == DropReason.None)
            Ear?.Receive(packet, index, now);
        if (reason == DropReason.None)
            Heard.Add(new HeardPacket(packet.Ssrc, index, packet.Timestamp, packet.GetCsrc(0), packet.Marker, LevelOf(packet), packet.Payload.ToArray()));
        else
            Failures.Add(reason);
    }

    private static AudioLevel? LevelOf(RtpPacket packet) =>
        packet.TryGetAudioLevel(MediaConstants.AudioLevelExtensionId, out AudioLevel level) ? level : null;

    private void ReceiveRtcp(Span<byte> datagram, Instant now)
    {
        DropReason reason = _receiver!.UnprotectRtcp(datagram, out int length);
        if (reason != DropReason.None)
        {
            Failures.Add(reason);
            return;
        }

        Ear?.ReceiveRtcp(datagram[..length], now);
        Reports.Add(datagram[..length].ToArray());
        if (_options.Retransmits)
            SendAgain(datagram[..length], now);
    }

    /// <summary>The same bytes: browsers have no RTX for audio.</summary>
    private void SendAgain(ReadOnlySpan<byte> compound, Instant now)
    {
        RtcpReader.TryRead(compound, out RtcpReader reader);
        foreach (RtcpPacket packet in reader)
        {
            if (Nack.TryRead(packet, out Nack nack) != DropReason.None || nack.MediaSsrc != Ssrc)
                continue;
            foreach (ushort number in nack)
            {
                if (!_sent.TryFind(number, out byte[]? sent))
                    continue;
                Retransmitted++;
                Send(sent, now);
            }
        }
    }

    private void SendHandshake(Instant now)
    {
        while (_dtls.TryTakeOutgoing(_buffer, out int length))
            Send(_buffer.AsSpan(0, length), now);
    }

    private void TakeKeys()
    {
        if (_receiver is not null || _dtls.Result is not { } result)
            return;
        (SrtpKeys client, SrtpKeys server) = SrtpKeys.FromKeyingMaterial(result.Profile, result.KeyingMaterial);
        _sender = new SrtpSender(result.Profile, client);
        _receiver = new SrtpReceiver(result.Profile, server);
    }
}
