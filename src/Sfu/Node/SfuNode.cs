using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Sfu.Rooms;
using Sfu.Time;
using Sfu.Workers;

namespace Sfu.Node;

/// <summary>The media server without its signalling: workers, rooms and sessions.</summary>
/// <remarks>Thread-safe.</remarks>
public sealed class SfuNode : IAsyncDisposable
{
    /// <summary>Who is heard is told at most this often in a room, and only when it is another.</summary>
    public static readonly TimeSpan SpeakersInterval = TimeSpan.FromMilliseconds(100);

    private readonly SfuOptions _options;
    private readonly MediaClock _clock;
    private readonly WorkerGroup _workers;
    private readonly RoomWatchers _watchers = new();
    private readonly Lock _gate = new();
    private readonly Dictionary<string, RoomHost> _rooms = new(StringComparer.Ordinal);
    private readonly ITimer _tick;
    private readonly ITimer _speakersTick;
    private volatile bool _stopping;
    private int _tellingSpeakers;

    private SfuNode(SfuOptions options, TimeProvider time, ILoggerFactory logs)
    {
        _options = options;
        _clock = new MediaClock(time);
        _workers = WorkerGroup.Start(options, _clock, logs);
        _tick = time.CreateTimer(static node => ((SfuNode)node!).Tick(), this, Room.CountInterval, Room.CountInterval);
        _speakersTick = time.CreateTimer(static node => ((SfuNode)node!).TellSpeakers(), this, SpeakersInterval, SpeakersInterval);
    }

    /// <summary>True while the node takes nobody new: no room is opened, and whoever is inside stays.</summary>
    public bool Draining { get; private set; }

    /// <summary>Opens the sockets and starts the worker threads.</summary>
    /// <exception cref="System.Net.Sockets.SocketException">A port is taken or an address is not ours.</exception>
    public static SfuNode Start(SfuOptions options, TimeProvider time, ILoggerFactory logs) => new(options, time, logs);

    /// <summary>Opens a room before anybody joins.</summary>
    /// <param name="settings">Without problems; see <see cref="SettingsProblem.Find"/>.</param>
    /// <returns>False when a room of that name is there already (the snapshot is its), or the node takes no rooms (then null).</returns>
    public bool CreateRoom(string name, RoomSettings settings, out RoomSnapshot? snapshot)
    {
        RoomHost? host;
        bool created;
        lock (_gate)
        {
            host = Find(name);
            created = host is null && !_stopping && !Draining;
            if (created)
                host = OpenRoom(name, settings);
        }

        snapshot = host is null ? null : SnapshotOf(host);
        return created;
    }

    /// <summary>Lets somebody into a room, or before its door.</summary>
    /// <param name="request">From a verified token.</param>
    /// <param name="observer">See <see cref="Session.Observe"/>.</param>
    /// <param name="session">Set when somebody came in.</param>
    /// <param name="place">Set when somebody has to wait.</param>
    public RoomError Join(JoinRequest request, ISessionObserver observer, out Session? session, out WaitingPlace? place)
    {
        session = null;
        place = null;
        while (true)
        {
            RoomError failed = FindOrOpen(request.Room, out RoomHost? host);
            if (host is null)
                return failed;

            lock (host.Gate)
            {
                if (host.Closed)
                    continue;

                // Who comes after the end of everybody would never be told of it.
                return _stopping ? RoomError.Unavailable : host.Join(request, observer, out session, out place);
            }
        }
    }

    /// <summary>What a backend does in a room.</summary>
    /// <param name="command">Runs under the room's lock, and does not keep the room.</param>
    public RoomError Act(string room, Func<Room, RoomError> command)
    {
        RoomHost? host;
        lock (_gate)
            host = Find(room);
        return host is null ? RoomError.NoSuchRoom : host.Act(r => r.Ended is null ? command(r) : RoomError.NoSuchRoom);
    }

    /// <summary>What <see cref="RoomSettings.OpensAt"/> is on the rooms' clock.</summary>
    public Instant DoorsOf(RoomSettings settings) =>
        settings.OpensAt is { } opensAt ? _clock.Now + (opensAt - _clock.UtcNow) : new Instant(0);

    /// <summary>Rooms as they are now, in no order.</summary>
    public IReadOnlyList<RoomSnapshot> Rooms() => [.. Hosts().Where(h => !h.Closed).Select(SnapshotOf)];

    public RoomSnapshot? FindRoom(string name)
    {
        RoomHost? host;
        lock (_gate)
            host = Find(name);
        return host is null ? null : SnapshotOf(host);
    }

    /// <summary>Ends every session of the room.</summary>
    /// <returns>False when there is no such room.</returns>
    public bool CloseRoom(string room) => Act(room, r => r.Close(null)) == RoomError.None;

    /// <summary>From now on the watcher hears of every event of every room.</summary>
    public void Watch(IRoomWatcher watcher) => _watchers.Add(watcher);

    /// <summary>From now on the watcher hears of every event of a room, or null when there is no such room.</summary>
    /// <param name="revision">Of the last event that the watcher knows; 0 for none.</param>
    /// <param name="missed">Those since; null when they are not held any more.</param>
    public RoomSnapshot? Watch(string room, IRoomWatcher watcher, long revision, out IReadOnlyList<RoomEvent>? missed)
    {
        RoomHost? host;
        lock (_gate)
            host = Find(room);
        missed = null;
        return host?.Watch(watcher, revision, out missed);
    }

    public void Unwatch(IRoomWatcher watcher)
    {
        _watchers.Remove(watcher);
        foreach (RoomHost host in Hosts())
            host.Unwatch(watcher);
    }

    public void Drain(bool on) => Draining = on;

    /// <summary>Counters and gauges as they are now; any thread.</summary>
    public NodeSnapshot Snapshot()
    {
        RoomHost[] hosts = Hosts();
        return new NodeSnapshot(
            hosts.Count(h => !h.Closed),
            hosts.Sum(h => h.Room.Count),
            _workers.Handshakes.InProgress,
            _workers.Handshakes.Drops,
            _workers.Snapshot())
        {
            TcpConnections = _workers.Tcp?.Connections ?? 0,
            Tcp = _workers.Tcp?.Counters,
        };
    }

    /// <summary>Ends every session with <see cref="EndReason.ServerStopping"/>, stops the workers and closes the sockets.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_gate)
            _stopping = true;
        await _tick.DisposeAsync().ConfigureAwait(false);
        await _speakersTick.DisposeAsync().ConfigureAwait(false);
        foreach (RoomHost host in Hosts())
            host.Act(room => room.Close(null, EndReason.ServerStopping));
        _workers.Dispose();
    }

    private static RoomSnapshot SnapshotOf(RoomHost host)
    {
        lock (host.Gate)
            return host.Room.Snapshot();
    }

    private RoomError FindOrOpen(string name, out RoomHost? host)
    {
        lock (_gate)
        {
            host = null;
            if (_stopping)
                return RoomError.Unavailable;
            if (_workers.Sessions >= _options.MaxParticipants)
                return RoomError.NodeFull;
            host = Find(name);
            if (host is not null)
                return RoomError.None;
            if (Draining)
                return RoomError.Unavailable;
            if (!_options.OpensRoomsOnJoin)
                return RoomError.NoSuchRoom;
            host = OpenRoom(name, new RoomSettings());
            return RoomError.None;
        }
    }

    /// <summary>Under the node's lock.</summary>
    private RoomHost OpenRoom(string name, RoomSettings settings)
    {
        RoomSettings complete = settings with
        {
            Slots = settings.Slots > 0 ? settings.Slots : _options.Slots,
            MaxAudience = settings.MaxAudience > 0 ? settings.MaxAudience : _options.MaxAudience,
        };
        string id = RandomNumberGenerator.GetHexString(16, lowercase: true);
        var room = new Room(id, name, complete, _clock.Now, DoorsOf(complete), RandomCsrc);
        var host = new RoomHost(room, _workers.NextKey(), _workers.LeastLoaded(), _workers, _clock, _watchers);
        _rooms[name] = host;
        host.Open();
        return host;
    }

    /// <summary>Under the node's lock.</summary>
    private RoomHost? Find(string name) => _rooms.TryGetValue(name, out RoomHost? host) && !host.Closed ? host : null;

    private void Tick()
    {
        foreach (RoomHost host in Hosts())
        {
            host.Tick();
            if (host.Closed)
                Forget(host);
        }
    }

    private void TellSpeakers()
    {
        // A round that takes longer than the interval is followed by none that runs beside it.
        if (Interlocked.Exchange(ref _tellingSpeakers, 1) != 0)
            return;
        foreach (RoomHost host in Hosts())
            host.TellSpeakers();
        Volatile.Write(ref _tellingSpeakers, 0);
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

    private static uint RandomCsrc()
    {
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        RandomNumberGenerator.Fill(bytes);
        return BitConverter.ToUInt32(bytes);
    }
}
