using System.Collections.Concurrent;
using Sfu.Dtls;
using Sfu.LoadTest.Clients;
using Sfu.LoadTest.Receiving;
using Sfu.Slots;
using Sfu.Srtp;
using Sfu.Time;

namespace Sfu.LoadTest.Handshakes;

/// <summary>A thread that runs the clients' DTLS handshakes, so that reception is never held up by them.</summary>
internal sealed class ClientHandshakes : IDisposable
{
    private const int Niceness = 5;
    private const int MillisecondsBetweenDeadlines = 20;

    /// <summary>Every slot, the SSRC of the server's receiver reports, and a few that only another product sends.</summary>
    private const int MaxSsrcs = MediaConstants.MaxSlots + 4;

    private readonly DtlsContext _context;
    private readonly MediaClock _clock;
    private readonly BlockingCollection<(LoadClient Client, ReceiveThread Owner, byte[]? Datagram)> _queue = [];
    private readonly List<(LoadClient Client, ReceiveThread Owner)> _active = [];
    private readonly Thread _thread;
    private readonly byte[] _outgoing;

    public ClientHandshakes(DtlsContext context, MediaClock clock)
    {
        _context = context;
        _clock = clock;
        _outgoing = new byte[context.Mtu];
        _thread = new Thread(Run) { Name = "load-dtls", IsBackground = true };
        _thread.Start();
    }

    /// <param name="datagram">Null begins the handshake. It is kept.</param>
    public void Post(LoadClient client, ReceiveThread owner, byte[]? datagram) => _queue.Add((client, owner, datagram));

    public void Dispose()
    {
        _queue.CompleteAdding();
        _thread.Join();
        foreach ((LoadClient client, _) in _active)
            client.Handshake!.Dispose();
        _queue.Dispose();
    }

    private void Run()
    {
        ThreadNiceness.Add(Niceness);
        long nextDeadlines = 0;
        while (!_queue.IsCompleted)
        {
            if (_queue.TryTake(out (LoadClient Client, ReceiveThread Owner, byte[]? Datagram) item, MillisecondsBetweenDeadlines))
                Handle(item.Client, item.Owner, item.Datagram);
            if (Environment.TickCount64 < nextDeadlines)
                continue;
            nextDeadlines = Environment.TickCount64 + MillisecondsBetweenDeadlines;
            MeetDeadlines();
        }
    }

    private void Handle(LoadClient client, ReceiveThread owner, byte[]? datagram)
    {
        if (datagram is null)
        {
            client.Handshake = new DtlsHandshake(_context, DtlsRole.Client, _clock.Now);
            _active.Add((client, owner));
        }
        else if (client.Handshake is { State: DtlsState.InProgress } handshake)
        {
            handshake.Receive(datagram, _clock.Now);
            if (handshake.State == DtlsState.Completed)
                Complete(client, owner, handshake.TakeResult());
        }

        SendWaiting(client);
    }

    private void MeetDeadlines()
    {
        Instant now = _clock.Now;
        for (int i = _active.Count - 1; i >= 0; i--)
        {
            LoadClient client = _active[i].Client;
            DtlsHandshake handshake = client.Handshake!;
            if (handshake.Deadline <= now)
                handshake.OnDeadline(now);
            SendWaiting(client);
            if (handshake.State == DtlsState.InProgress)
                continue;
            if (handshake.State == DtlsState.Failed)
                client.Finish("DTLS: " + handshake.Failure);
            handshake.Dispose();
            _active.RemoveAt(i);
        }
    }

    private void SendWaiting(LoadClient client)
    {
        while (client.Handshake is { } handshake && handshake.TryTakeOutgoing(_outgoing, out int length))
            client.Send(_outgoing.AsSpan(0, length));
    }

    private static void Complete(LoadClient client, ReceiveThread owner, DtlsResult result)
    {
        if (!client.ServerFingerprint.Matches(result.PeerCertificate))
        {
            client.Finish("The server's certificate does not match its fingerprint");
            return;
        }

        (SrtpKeys ours, SrtpKeys servers) = SrtpKeys.FromKeyingMaterial(result.Profile, result.KeyingMaterial);
        owner.PostKeys(client, new SrtpSender(result.Profile, ours), new SrtpReceiver(result.Profile, servers, MaxSsrcs));
    }
}
