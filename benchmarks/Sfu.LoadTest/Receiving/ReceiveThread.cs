using System.Collections.Concurrent;
using Sfu.Demux;
using Sfu.LoadTest.Clients;
using Sfu.LoadTest.Handshakes;
using Sfu.LoadTest.Net;
using Sfu.Srtp;
using Sfu.TestKit.Ice;
using Sfu.Time;

namespace Sfu.LoadTest.Receiving;

/// <summary>One thread, one socket, and the clients that use it: receives, answers for ICE, reports.</summary>
/// <remarks>It never blocks on the socket: a thread that waits there is woken by the sender, and that costs the server's time.</remarks>
internal sealed class ReceiveThread : IDisposable
{
    /// <summary>Nanoseconds of sleep when nothing waits; less while clients join, whose round trips it would lengthen.</summary>
    private const long Pause = 1_000_000;
    private const long PauseInRamp = 250_000;

    private readonly ReceiveBatch _batch = new();
    private readonly LoadClient?[] _clients;
    private readonly ClientNetwork _network;
    private readonly ClientHandshakes _handshakes;
    private readonly MediaClock _clock;
    private readonly Thread _thread;
    private readonly ConcurrentQueue<Action> _commands = new();
    private readonly PriorityQueue<LoadClient, Instant> _checks = new();
    private readonly ReceiverReports _reports;
    private readonly byte[] _outgoing = new byte[TestIceClient.MaxCheckLength];
    private volatile bool _stopping;

    public ReceiveThread(
        int index, ClientSocket socket, LoadClient?[] clients, ClientNetwork network, SlotMeter meter, ClientHandshakes handshakes, MediaClock clock)
    {
        Socket = socket;
        Meter = meter;
        _clients = clients;
        _network = network;
        _handshakes = handshakes;
        _clock = clock;
        _reports = new ReceiverReports(meter);
        _thread = new Thread(Run) { Name = $"load-receive-{index}", IsBackground = true };
    }

    public ClientSocket Socket { get; }

    public SlotMeter Meter { get; }

    /// <summary>Set while clients join. Any thread.</summary>
    public volatile bool IsRamping = true;

    public void Start() => _thread.Start();

    /// <summary>Begins with a client's connectivity checks. Any thread, as the next one.</summary>
    public void PostClient(LoadClient client) => _commands.Enqueue(() =>
    {
        _clients[client.Number] = client;
        Poll(client, _clock.Now);
    });

    public void PostKeys(LoadClient client, SrtpSender sender, SrtpReceiver receiver) => _commands.Enqueue(() =>
    {
        client.Receiver = receiver;
        client.Sender = sender;
        client.ConnectedAt = NativeCalls.RealtimeNanoseconds();
        if (!client.IsSpeaker)
        {
            Meter.Open(client);
            _reports.Add(client);
        }

        client.Finish(null);
    });

    /// <summary>Ends the thread when it has taken what waits in its socket: on a busy machine that can be seconds of packets, which were not lost.</summary>
    /// <remarks>Nobody speaks any more.</remarks>
    public void Stop()
    {
        _stopping = true;
        _thread.Join();
    }

    public void Dispose() => Socket.Dispose();

    private void Run()
    {
        int received = 0;
        while (!_stopping || received > 0)
        {
            while (_commands.TryDequeue(out Action? command))
                command();
            Instant now = _clock.Now;
            received = _batch.Receive(Socket);
            for (int i = 0; i < received; i++)
                Receive(i, now);
            SendChecks(now);
            _reports.Send(now);
            if (received < ReceiveBatch.Capacity && !_stopping)
                NativeCalls.Sleep(IsRamping ? PauseInRamp : Pause);
        }
    }

    private void Receive(int i, Instant now)
    {
        _batch.ReadControl(i, out uint destination, out long arrival, out int segment);
        uint number = _network.ClientOf(destination);
        if (number >= (uint)_clients.Length)
            return;
        for (Span<byte> rest = _batch.Datagram(i); !rest.IsEmpty; rest = rest[Math.Min(segment, rest.Length)..])
            Receive(number, rest[..Math.Min(segment, rest.Length)], arrival, now);
    }

    private void Receive(uint number, Span<byte> datagram, long arrival, Instant now)
    {
        switch (DatagramClassifier.Classify(datagram))
        {
            case DatagramKind.Rtp:
                Meter.OnPacket(number, datagram, arrival);
                break;
            case DatagramKind.Stun when _clients[number] is { } client:
                if (client.Ice.Handle(datagram, now))
                    Answered(client);
                else if (BindingAnswer.Write(datagram, client.Ice.Local, client.Server, _outgoing) is > 0 and int length)
                    client.Send(_outgoing.AsSpan(0, length));
                break;
            case DatagramKind.Dtls when _clients[number] is { } client:
                _handshakes.Post(client, this, datagram.ToArray());
                break;
        }
    }

    private void Answered(LoadClient client)
    {
        _checks.Enqueue(client, client.Ice.Deadline);
        if (client.HasBegunHandshake || !client.Ice.IsConnected)
            return;
        client.HasBegunHandshake = true;
        _handshakes.Post(client, this, null);
    }

    /// <summary>A client is in the queue once for each deadline that it ever had and may be there in vain.</summary>
    private void SendChecks(Instant now)
    {
        while (_checks.TryPeek(out LoadClient? client, out Instant deadline) && deadline <= now)
        {
            _checks.Dequeue();
            if (client.Ice.Deadline <= now)
                Poll(client, now);
        }
    }

    private void Poll(LoadClient client, Instant now)
    {
        int length = client.Ice.Poll(now, _outgoing);
        if (length == 0)
            return;
        client.Send(_outgoing.AsSpan(0, length));
        _checks.Enqueue(client, client.Ice.Deadline);
    }
}
