using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Sfu.FanOut;
using Sfu.Rooms;
using Sfu.Time;
using Sfu.Workers;

namespace Sfu.Node;

/// <summary>The media server without its signalling: workers, rooms and sessions.</summary>
/// <remarks>Thread-safe.</remarks>
public sealed class SfuNode : IAsyncDisposable
{
    private readonly SfuOptions _options;
    private readonly MediaClock _clock;
    private readonly WorkerGroup _workers;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, RoomHost> _rooms = new(StringComparer.Ordinal);
    private readonly ITimer _tick;
    private long _lastKey;
    private volatile bool _stopping;

    private SfuNode(SfuOptions options, TimeProvider time, ILoggerFactory logs)
    {
        _options = options;
        _clock = new MediaClock(time);
        _workers = WorkerGroup.Start(options, _clock, logs);
        _tick = time.CreateTimer(static node => ((SfuNode)node!).Tick(), this, Room.CountInterval, Room.CountInterval);
    }

    /// <summary>Opens the sockets and starts the worker threads.</summary>
    /// <exception cref="System.Net.Sockets.SocketException">A port is taken or an address is not ours.</exception>
    public static SfuNode Start(SfuOptions options, TimeProvider time, ILoggerFactory logs) => new(options, time, logs);

    /// <summary>Makes the room when it is not there yet.</summary>
    /// <param name="request">From a verified token.</param>
    /// <param name="observer">See <see cref="Session.Observe"/>.</param>
    /// <param name="session">Set when the result is <see cref="JoinError.None"/>.</param>
    public JoinError Join(JoinRequest request, ISessionObserver observer, out Session? session)
    {
        string id = RandomNumberGenerator.GetHexString(16, lowercase: true);
        while (true)
        {
            RoomHost? host = GetOrOpen(request.Room);
            if (host is null)
            {
                session = null;
                return JoinError.Unavailable;
            }

            lock (host.Gate)
            {
                if (host.Closed)
                    continue;
                if (_stopping)
                {
                    // Who comes after the end of everybody would never be told of it.
                    session = null;
                    return JoinError.Unavailable;
                }

                session = host.Join(request, id, NextKey(), observer);
                return session is null ? JoinError.RoomFull : JoinError.None;
            }
        }
    }

    /// <summary>Rooms as they are now, in no order.</summary>
    public IReadOnlyList<RoomSnapshot> Rooms()
    {
        var snapshots = new List<RoomSnapshot>();
        foreach (RoomHost host in Hosts())
        {
            lock (host.Gate)
            {
                if (!host.Closed)
                    snapshots.Add(host.Room.Snapshot());
            }
        }

        return snapshots;
    }

    /// <summary>Ends every session of the room.</summary>
    /// <returns>False when there is no such room.</returns>
    public bool CloseRoom(string room)
    {
        RoomHost? host;
        lock (_gate)
            _rooms.TryGetValue(room, out host);
        if (host is null || host.Closed)
            return false;
        host.EndAll(EndReason.RoomClosed);
        return true;
    }

    /// <summary>Counters and gauges as they are now; any thread.</summary>
    public NodeSnapshot Snapshot()
    {
        RoomHost[] hosts = Hosts();
        return new NodeSnapshot(
            hosts.Count(h => !h.Closed),
            hosts.Sum(h => h.Room.Count),
            _workers.Handshakes.InProgress,
            _workers.Handshakes.Drops,
            _workers.Snapshot());
    }

    /// <summary>Ends every session with <see cref="EndReason.ServerStopping"/>, stops the workers and closes the sockets.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_gate)
            _stopping = true;
        await _tick.DisposeAsync().ConfigureAwait(false);
        foreach (RoomHost host in Hosts())
            host.EndAll(EndReason.ServerStopping);
        _workers.Dispose();
    }

    private RoomHost? GetOrOpen(string name)
    {
        lock (_gate)
        {
            if (_stopping)
                return null;
            if (_rooms.TryGetValue(name, out RoomHost? host) && !host.Closed)
                return host;

            var room = new Room(name, _options.MaxParticipantsInRoom, Stage.DefaultMaxSpeakers, RandomCsrc);
            host = new RoomHost(room, NextKey(), _workers.LeastLoaded(), _workers, _options.Slots);
            host.Open();
            _rooms[name] = host;
            return host;
        }
    }

    private void Tick()
    {
        Instant now = _clock.Now;
        foreach (RoomHost host in Hosts())
        {
            host.Tick(now);
            if (host.Closed)
                Forget(host);
        }
    }

    private void Forget(RoomHost host)
    {
        lock (_gate)
        {
            if (_rooms.TryGetValue(host.Room.Name, out RoomHost? current) && ReferenceEquals(current, host))
                _rooms.Remove(host.Room.Name);
        }
    }

    private RoomHost[] Hosts()
    {
        lock (_gate)
            return [.. _rooms.Values];
    }

    private long NextKey() => Interlocked.Increment(ref _lastKey);

    private static uint RandomCsrc()
    {
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        RandomNumberGenerator.Fill(bytes);
        return BitConverter.ToUInt32(bytes);
    }
}
