using Sfu.Net;
using Sfu.Time;

namespace Sfu.TestKit.Net;

/// <summary>Takes a datagram of a <see cref="SimulatedNetwork"/>.</summary>
/// <param name="from">Who sent it.</param>
/// <param name="datagram">The handler's own: it may be written over.</param>
/// <param name="now">The time of its arrival.</param>
public delegate void DatagramHandler(TransportAddress from, Span<byte> datagram, Instant now);
