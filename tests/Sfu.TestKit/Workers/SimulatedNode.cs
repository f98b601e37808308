using System.Net;
using Microsoft.Extensions.Time.Testing;
using Sfu.Diagnostics;
using Sfu.Dtls;
using Sfu.Ice;
using Sfu.Net;
using Sfu.Srtp;
using Sfu.TestKit.Dtls;
using Sfu.TestKit.Net;
using Sfu.Time;
using Sfu.Workers;

namespace Sfu.TestKit.Workers;

/// <summary>Worker cores on a simulated network and a simulated clock: the whole media path without a thread or a socket.</summary>
internal sealed class SimulatedNode : IWorkerLinks, IDisposable
{
    public const long RoomKey = 1;

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly DtlsContext _dtls;
    private readonly InlineHandshakes _handshakes;
    private readonly SimulatedSender[] _senders;
    private readonly Owner[] _owners;
    private readonly Queue<(int Worker, CrossingHeader Header, byte[] Payload)> _crossings = new();
    private readonly List<SimulatedClient> _clients = [];
    private readonly int _slots;
    private long _lastPeer;

    /// <param name="workers">The first one is the room's home.</param>
    /// <param name="options">For what the cores read of it.</param>
    /// <param name="seed">Of the network.</param>
    public SimulatedNode(int workers = 1, SfuOptions? options = null, int seed = 1)
    {
        options ??= new SfuOptions();
        _slots = options.Slots;
        Clock = new MediaClock(_time);
        Network = new SimulatedNetwork(seed);
        _dtls = new DtlsContext(DtlsCertificate.Create(Clock.UtcNow));
        _handshakes = new InlineHandshakes(_dtls, Clock.Now);
        _senders = new SimulatedSender[workers];
        _owners = new Owner[workers];
        Cores = new WorkerCore[workers];
        for (int i = 0; i < workers; i++)
        {
            TransportAddress address = AddressOf(i);
            var tags = new TagBatch();
            _senders[i] = new SimulatedSender(Network, tags, address) { TcpAddress = TcpAddressOf(i) };
            _owners[i] = new Owner();
            WorkerCore core = new(i, options, _senders[i], tags, _handshakes, _owners[i], this, Clock, new DropCounters());
            _owners[i].Core = Cores[i] = core;
            Network.Attach(address, (from, datagram, now) => core.Receive(datagram, new NetworkPath(0, from), now));
            Network.Attach(TcpAddressOf(i), (from, datagram, now) => core.Receive(datagram, TcpPathOf(from), now));
            core.OpenRoom(RoomKey, home: 0, options.Slots);
            if (i > 0)
                Cores[0].Subscribe(RoomKey, i);
        }
    }

    public MediaClock Clock { get; }

    public SimulatedNetwork Network { get; }

    public WorkerCore[] Cores { get; }

    public Instant Now => Clock.Now;

    public SimulatedSender SenderOf(int worker) => _senders[worker];

    public static TransportAddress AddressOf(int worker) =>
        TransportAddress.From(new IPEndPoint(IPAddress.Parse("10.0.0.1"), 40_000 + worker));

    /// <summary>Packets to there arrive over TCP. Only here has each worker an address for it.</summary>
    public static TransportAddress TcpAddressOf(int worker) =>
        TransportAddress.From(new IPEndPoint(IPAddress.Parse("10.0.0.1"), 44_300 + worker));

    /// <summary>A client with its peer on the worker, its answer applied; it connects as the time goes on.</summary>
    public SimulatedClient Join(int worker = 0, SimulatedClientOptions? options = null)
    {
        long key = ++_lastPeer;
        IceCredentials server = IceCredentials.Create();
        var client = new SimulatedClient(key, Network, AddressOf(worker), server, options ?? new SimulatedClientOptions(), Now) { Ear = options?.Ear };
        Cores[worker].AddPeer(RoomKey, key, server, client.Csrc, client);
        Cores[worker].ApplyAnswer(key, client.Answer(_slots));
        _clients.Add(client);
        return client;
    }

    /// <summary>Joins, and lets the time go on until media is connected.</summary>
    public SimulatedClient Connect(int worker = 0, SimulatedClientOptions? options = null)
    {
        SimulatedClient client = Join(worker, options);
        for (int i = 0; i < 10_000 && !client.IsConnected; i++)
            Advance(Tick);
        return client;
    }

    public void TakeStage(SimulatedClient client) => Cores[0].AddSpeaker(RoomKey, client.Csrc);

    /// <summary>Millisecond by millisecond: what arrives is received, what is due is done, what waits is sent.</summary>
    public void Advance(TimeSpan span)
    {
        for (TimeSpan passed = TimeSpan.Zero; passed < span; passed += Tick)
        {
            _time.Advance(Tick);
            Instant now = Now;
            foreach (SimulatedSender sender in _senders)
                sender.Now = now;
            _handshakes.Advance(now);
            Network.Deliver(now);
            foreach (SimulatedClient client in _clients)
                client.Advance(now);
            foreach (WorkerCore core in Cores)
                Turn(core, now);
        }
    }

    /// <summary>Speaks packet after packet, 20 ms apart, without a pause at the end, so that the next words are in time.</summary>
    public void TalkOn(SimulatedClient speaker, int packets)
    {
        for (int i = 0; i < packets; i++)
        {
            speaker.Speak(SimulatedClient.Opus(i), Now);
            Advance(SimulatedClient.PacketInterval);
        }
    }

    /// <summary>As <see cref="TalkOn"/>, and lets the last packet arrive.</summary>
    public void Talk(SimulatedClient speaker, int packets)
    {
        TalkOn(speaker, packets);
        Advance(TimeSpan.FromMilliseconds(200));
    }

    public bool TryPost(int worker, in CrossingHeader header, ReadOnlySpan<byte> payload)
    {
        _crossings.Enqueue((worker, header, payload.ToArray()));
        return true;
    }

    public long Drops(DropReason reason) => Cores.Sum(core => core.Drops[reason]);

    public void Dispose()
    {
        _clients.ForEach(client => client.Dispose());
        foreach (WorkerCore core in Cores)
            core.Dispose();
        _handshakes.Dispose();
        _dtls.Dispose();
    }

    private static NetworkPath TcpPathOf(TransportAddress client) => new(NetworkPath.FirstConnection + client.Port, client);

    private void Turn(WorkerCore core, Instant now)
    {
        while (_crossings.TryDequeue(out (int Worker, CrossingHeader Header, byte[] Payload) crossing))
            Cores[crossing.Worker].ReceiveCrossing(crossing.Header, crossing.Payload, now);
        core.Advance(now);
        while (core.HasFanOut)
            core.FanOut();
        _senders[core.Index].Flush();
    }

    /// <summary>What a worker does for handshakes, without its mailboxes.</summary>
    private sealed class Owner : IHandshakeOwner
    {
        public WorkerCore Core { get; set; } = null!;

        public void SendHandshake(long peerKey, ReadOnlySpan<byte> datagram) =>
            Core.ReceiveCrossing(new CrossingHeader { Kind = CrossingKind.Handshake, Target = peerKey }, datagram, default);

        public void HandshakeCompleted(long peerKey, DtlsResult result) => Core.CompleteHandshake(peerKey, result);

        public void HandshakeFailed(long peerKey, string reason) => Core.FailHandshake(peerKey);
    }
}
