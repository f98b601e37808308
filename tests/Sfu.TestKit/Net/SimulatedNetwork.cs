using Sfu.Net;
using Sfu.Time;

namespace Sfu.TestKit.Net;

/// <summary>A network without sockets, threads or a clock: datagrams go in with a time, and come out when the time is advanced.</summary>
/// <remarks>The same seed and the same calls give the same run. Not thread-safe.</remarks>
public sealed class SimulatedNetwork(int seed)
{
    /// <summary>No answer arrives in the instant of its question, so that every delivery comes to an end.</summary>
    private static readonly TimeSpan MinDelay = TimeSpan.FromMicroseconds(1);

    private readonly Random _random = new(seed);
    private readonly Dictionary<TransportAddress, DatagramHandler> _endpoints = [];
    private readonly Dictionary<(TransportAddress From, TransportAddress To), SimulatedLink> _links = [];
    private readonly PriorityQueue<Flight, (Instant Arrival, long Order)> _inFlight = new();
    private LinkConditions _defaultConditions = LinkConditions.Perfect;
    private long _order;

    /// <summary>Sees every datagram that is sent, lost ones too.</summary>
    public Action<TransportAddress, TransportAddress, byte[]>? Capture { get; set; }

    public long Delivered { get; private set; }

    public long Lost { get; private set; }

    public long Duplicated { get; private set; }

    /// <summary>Datagrams that arrived where nobody is attached.</summary>
    public long Unreachable { get; private set; }

    public int InFlight => _inFlight.Count;

    /// <summary>When the next datagram arrives.</summary>
    public Instant Next =>
        _inFlight.TryPeek(out _, out (Instant Arrival, long Order) first) ? first.Arrival : Instant.Never;

    /// <summary>Replaces the handler when the endpoint has one.</summary>
    public void Attach(TransportAddress endpoint, DatagramHandler handler) => _endpoints[endpoint] = handler;

    public void Detach(TransportAddress endpoint) => _endpoints.Remove(endpoint);

    /// <summary>Sets the conditions of all links, those with conditions of their own included.</summary>
    public void SetConditions(LinkConditions conditions)
    {
        _defaultConditions = conditions;
        foreach (SimulatedLink link in _links.Values)
            link.Conditions = conditions;
    }

    /// <summary>Sets the conditions of one direction between two endpoints.</summary>
    public void SetConditions(TransportAddress from, TransportAddress to, LinkConditions conditions) =>
        Link(from, to).Conditions = conditions;

    /// <summary>Puts a copy of a datagram on its way, or loses it.</summary>
    public void Send(TransportAddress from, TransportAddress to, ReadOnlySpan<byte> datagram, Instant now)
    {
        Capture?.Invoke(from, to, datagram.ToArray());
        SimulatedLink link = Link(from, to);
        // A datagram that is lost further on has taken its time on the line all the same.
        if (!link.TryTransmit(datagram.Length, now + MinDelay, out Instant sent) | link.Loses())
        {
            Lost++;
            return;
        }

        Enqueue(from, to, datagram, link.ArrivalOf(sent));
        if (link.Duplicates())
        {
            Duplicated++;
            Enqueue(from, to, datagram, link.ArrivalOf(sent));
        }
    }

    /// <summary>Hands out all that has arrived by now, in the order of arrival, answers sent meanwhile included.</summary>
    /// <returns>Datagrams handed out.</returns>
    public int Deliver(Instant now)
    {
        int delivered = 0;
        while (_inFlight.TryPeek(out Flight? flight, out (Instant Arrival, long Order) first) && first.Arrival <= now)
        {
            _inFlight.Dequeue();
            if (!_endpoints.TryGetValue(flight.To, out DatagramHandler? handler))
            {
                Unreachable++;
                continue;
            }

            Delivered++;
            delivered++;
            handler(flight.From, flight.Payload, first.Arrival);
        }

        return delivered;
    }

    private void Enqueue(TransportAddress from, TransportAddress to, ReadOnlySpan<byte> datagram, Instant arrival) =>
        _inFlight.Enqueue(new Flight(from, to, datagram.ToArray()), (arrival, _order++));

    private SimulatedLink Link(TransportAddress from, TransportAddress to)
    {
        if (!_links.TryGetValue((from, to), out SimulatedLink? link))
        {
            link = new SimulatedLink(_random, _defaultConditions);
            _links.Add((from, to), link);
        }

        return link;
    }

    private sealed record Flight(TransportAddress From, TransportAddress To, byte[] Payload);
}
