using Sfu.Diagnostics;
using Sfu.Net;

namespace Sfu.Workers;

/// <summary>One worker's counters and gauges; the counters are live objects, read at scrape.</summary>
/// <param name="Index">0-based.</param>
/// <param name="Port">UDP port of its first socket.</param>
/// <param name="Sessions">How many sessions have their peer here.</param>
/// <param name="Turns">Of its loop.</param>
/// <param name="Faults">Turns that ended in an exception: ours to mend.</param>
/// <param name="AllocatedBytes">By its thread, on the managed heap; a steady state adds nothing.</param>
/// <param name="Drops">What went nowhere, by reason.</param>
/// <param name="Sockets">What its sockets received and sent.</param>
/// <param name="Media">What clients report.</param>
public sealed record WorkerSnapshot(int Index, int Port, int Sessions, long Turns, long Faults, long AllocatedBytes, DropCounters Drops, SocketCounters Sockets, MediaCounters Media);
