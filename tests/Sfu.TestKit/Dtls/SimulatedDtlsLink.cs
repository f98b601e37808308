using Sfu.Dtls;
using Sfu.Time;

namespace Sfu.TestKit.Dtls;

/// <summary>A client's and a server's handshake on fake time, with a network between them that loses, delays and repeats as it is told.</summary>
/// <remarks>After its handshake the server does what the product does: it answers a repeated Finished with its final flight.</remarks>
public sealed class SimulatedDtlsLink(DtlsHandshake client, DtlsHandshake server, Instant start)
{
    private readonly PriorityQueue<(bool ToServer, byte[] Datagram), (Instant At, int Order)> _inFlight = new();
    private readonly byte[] _datagram = new byte[DtlsContext.MaxMtu];
    private int _sent;

    /// <summary>The direction and the number of a datagram (0 is the first of all), to the delay of each copy that arrives; none is a loss.</summary>
    public Func<bool, int, TimeSpan[]> Fate { get; set; } = (_, _) => [TimeSpan.FromMilliseconds(10)];

    /// <summary>Sees what arrives before the receiver does; false discards it.</summary>
    public Func<bool, byte[], bool> Deliver { get; set; } = (_, _) => true;

    public Instant Now { get; private set; } = start;

    public int Sent => _sent;

    public List<int> Lengths { get; } = [];

    public DtlsResult? ClientResult { get; private set; }

    public DtlsResult? ServerResult { get; private set; }

    /// <summary>Runs until nothing is on its way and nobody waits for anything.</summary>
    public void Run()
    {
        Drain();
        while (true)
        {
            Instant deadline = Instant.Min(client.Deadline, server.Deadline);
            if (_inFlight.TryPeek(out _, out (Instant At, int Order) next) && next.At <= deadline)
            {
                Now = next.At;
                (bool toServer, byte[] datagram) = _inFlight.Dequeue();
                if (Deliver(toServer, datagram))
                    Receive(toServer, datagram);
            }
            else if (deadline == Instant.Never)
            {
                return;
            }
            else
            {
                Now = deadline;
                client.OnDeadline(Now);
                server.OnDeadline(Now);
            }

            Drain();
        }
    }

    private void Receive(bool toServer, byte[] datagram)
    {
        DtlsHandshake receiver = toServer ? server : client;
        bool ended = receiver.State != DtlsState.InProgress;
        if (toServer && ended && ServerResult is not null && DtlsFinalFlight.IsRetransmissionOfHandshake(datagram))
            Send(toServer: false, ServerResult.FinalFlight!.Datagram);
        if (ended || receiver.Receive(datagram, Now) != DtlsState.Completed)
            return;
        if (toServer)
            ServerResult = receiver.TakeResult();
        else
            ClientResult = receiver.TakeResult();
    }

    private void Drain()
    {
        while (client.TryTakeOutgoing(_datagram, out int length))
            Send(toServer: true, _datagram.AsSpan(0, length));
        while (server.TryTakeOutgoing(_datagram, out int length))
            Send(toServer: false, _datagram.AsSpan(0, length));
    }

    private void Send(bool toServer, ReadOnlySpan<byte> datagram)
    {
        Lengths.Add(datagram.Length);
        int number = _sent++;
        foreach (TimeSpan delay in Fate(toServer, number))
            _inFlight.Enqueue((toServer, datagram.ToArray()), (Now + delay, _inFlight.Count + number * 4));
    }
}
