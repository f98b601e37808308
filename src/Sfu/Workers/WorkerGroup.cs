using Microsoft.Extensions.Logging;
using Sfu.Dtls;
using Sfu.Net;
using Sfu.Tcp;
using Sfu.Time;

namespace Sfu.Workers;

/// <summary>All workers of a node, the handshake threads beside them, and the links between them.</summary>
internal sealed class WorkerGroup : IWorkerLinks, IFrameReceiver, IDisposable
{
    private readonly Worker[] _workers;
    private readonly DtlsCertificate _certificate;
    private readonly DtlsContext _dtls;
    private long _lastKey;

    private WorkerGroup(SfuOptions options, MediaClock clock, ILoggerFactory logs)
    {
        _certificate = DtlsCertificate.Create(clock.UtcNow);
        _dtls = new DtlsContext(_certificate);
        Handshakes = new HandshakePool(_dtls, clock, logger: logs.CreateLogger<HandshakePool>());
        _workers = new Worker[options.Workers > 0 ? options.Workers : Environment.ProcessorCount];
        try
        {
            if (options.TcpPort is not null)
                Tcp = new TcpServer(options, clock, logs.CreateLogger<TcpServer>());
            for (int i = 0; i < _workers.Length; i++)
                _workers[i] = new Worker(i, options, Handshakes, this, clock, logs.CreateLogger<Worker>(), Tcp);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public int Count => _workers.Length;

    public HandshakePool Handshakes { get; }

    /// <summary>Null where ICE over TCP is off.</summary>
    public TcpServer? Tcp { get; }

    public Fingerprint Fingerprint => _certificate.Fingerprint;

    /// <summary>In all workers.</summary>
    public int Sessions => _workers.Sum(w => w.Sessions);

    /// <summary>Names a room or a peer to the workers; never twice.</summary>
    public long NextKey() => Interlocked.Increment(ref _lastKey);

    public static WorkerGroup Start(SfuOptions options, MediaClock clock, ILoggerFactory logs)
    {
        var group = new WorkerGroup(options, clock, logs);
        // Only now: a worker posts to the others by index.
        foreach (Worker worker in group._workers)
            worker.Start();
        group.Tcp?.Start(group);
        return group;
    }

    /// <summary>By sessions. Two that ask at once may get the same one, which does no harm.</summary>
    public Worker LeastLoaded() => _workers.MinBy(w => w.Sessions)!;

    public bool TryPost(int worker, in CrossingHeader header, ReadOnlySpan<byte> payload) =>
        _workers[worker].TryPost(header, payload);

    public bool TryPost(int worker, in NetworkPath path, ReadOnlySpan<byte> packet) => _workers[worker].TryPost(path, packet);

    public IReadOnlyList<WorkerSnapshot> Snapshot() => [.. _workers.Select(w => w.Snapshot())];

    public void Dispose()
    {
        // The threads that post into workers end first.
        Tcp?.Dispose();
        Handshakes.Dispose();
        foreach (Worker? worker in _workers)
            worker?.Stop();
        foreach (Worker? worker in _workers)
            worker?.Dispose();
        _dtls.Dispose();
    }
}
