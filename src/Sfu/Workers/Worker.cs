using System.Diagnostics;
using System.Net;
using Microsoft.Extensions.Logging;
using Sfu.Diagnostics;
using Sfu.Dtls;
using Sfu.Ice;
using Sfu.Mailboxes;
using Sfu.Net;
using Sfu.Srtp;
using Sfu.Tcp;
using Sfu.Time;

namespace Sfu.Workers;

/// <summary>A thread with its own UDP port: it receives, lets its core decide, and sends.</summary>
/// <remarks>
/// The thread is the only one that touches the core, the sockets and the rings. Others reach it by its two bounded
/// mailboxes: commands of the control plane, and packets of other workers and of handshake threads.
/// </remarks>
internal sealed class Worker : IHandshakeOwner, IDisposable
{
    private const int CommandCapacity = 16_384;
    private const int CrossingCapacity = 2_048;

    /// <summary>Of packets that came over TCP: theirs alone, so that a flood of them displaces nothing else.</summary>
    private const int FrameCapacity = 512;

    /// <summary>Bounds of one turn of the loop, so that nobody's flood starves the others.</summary>
    private const int CommandsInTurn = 64;
    private const int CrossingsInTurn = 512;
    private const int FramesInTurn = 256;
    private const int BatchesInTurn = 4;

    /// <summary>
    /// Added to the thread's nice value: packets come before joins and collections where cores are short. It takes CAP_SYS_NICE or
    /// RLIMIT_NICE; without them the thread is as nice as all others.
    /// </summary>
    private const int Niceness = -5;

    private readonly ILogger _log;
    private readonly MediaClock _clock;
    private readonly UdpSocket[] _sockets;
    private readonly EventLoop _loop = new();
    private readonly ReceiveRing _receive;
    private readonly SendRing _send;
    private readonly Mailbox<WorkerCommand> _commands;
    private readonly PacketMailbox<CrossingHeader> _crossings;
    private readonly PacketMailbox<NetworkPath> _frames;
    private readonly WorkerCore _core;
    private readonly SocketCounters _counters = new();
    private readonly DropCounters _drops = new();
    private readonly Thread _thread;
    private int _sessions;
    private long _turns;
    private long _faults;
    private long _allocatedBytes;
    private bool _more;
    private volatile bool _stopping;

    /// <exception cref="System.Net.Sockets.SocketException">A port is taken or an address is not ours.</exception>
    public Worker(int index, SfuOptions options, IHandshakes handshakes, IWorkerLinks links, MediaClock clock, ILogger log, TcpServer? tcp = null)
    {
        Index = index;
        _log = log;
        _clock = clock;
        _sockets = OpenSockets(index, options);
        for (int tag = 0; tag < _sockets.Length; tag++)
        {
            _loop.Add(_sockets[tag], tag);
            log.SocketOpened(index, _sockets[tag].LocalEndPoint, _sockets[tag].GrantedReceiveBuffer, _sockets[tag].GrantedSendBuffer, _sockets[tag].Segments);
        }

        Candidates = AdvertisedCandidates.Of(options, [.. _sockets.Select(s => s.LocalEndPoint)], tcp?.Bound ?? []);
        _receive = new ReceiveRing(_counters, _drops);
        TagBatch tags = new();
        _send = new SendRing(_sockets, _counters, _drops, log, beforeSend: tags, frames: tcp);
        _commands = new Mailbox<WorkerCommand>(CommandCapacity, _loop.Wake);
        _crossings = new PacketMailbox<CrossingHeader>(CrossingCapacity, ReceiveRing.DefaultDatagramLength, _loop.Wake);
        _frames = new PacketMailbox<NetworkPath>(tcp is null ? 1 : FrameCapacity, Frame.MaxPacket, _loop.Wake);
        _core = new WorkerCore(index, options, _send, tags, handshakes, this, links, clock, _drops);
        _thread = new Thread(Run) { IsBackground = true, Name = $"sfu-worker-{index}" };
    }

    public int Index { get; }

    /// <summary>What offers of peers on this worker name.</summary>
    public IReadOnlyList<IceCandidate> Candidates { get; }

    /// <summary>Sessions whose peer is, or will be, here.</summary>
    public int Sessions => Volatile.Read(ref _sessions);

    public void Start() => _thread.Start();

    public void CountSessions(int change) => Interlocked.Add(ref _sessions, change);

    /// <summary>Waits while the mailbox is full: what the control plane decided must not be lost. Never on a worker's thread.</summary>
    public void Post(WorkerCommand command)
    {
        Debug.Assert(Thread.CurrentThread != _thread, "A worker that waits for itself waits forever.");
        var spin = default(SpinWait);
        while (!_commands.TryPost(command) && !_stopping)
            spin.SpinOnce();
    }

    /// <summary>Copies; any thread.</summary>
    /// <returns>False when the mailbox is full; the caller counts it.</returns>
    public bool TryPost(in CrossingHeader header, ReadOnlySpan<byte> payload) => _crossings.TryPost(header, payload);

    /// <summary>Takes a packet that came over TCP; copies; any thread.</summary>
    /// <returns>False when the mailbox is full; the caller counts it.</returns>
    public bool TryPost(in NetworkPath path, ReadOnlySpan<byte> packet) => _frames.TryPost(path, packet);

    public WorkerSnapshot Snapshot() =>
        new(Index, _sockets[0].LocalEndPoint.Port, Sessions, Volatile.Read(ref _turns), Volatile.Read(ref _faults), Volatile.Read(ref _allocatedBytes), _drops, _counters, _core.Media);

    /// <summary>Ends the loop after the turn that it is in and waits for the thread; what was posted before is carried out.</summary>
    public void Stop()
    {
        _stopping = true;
        _loop.Wake();
        if (_thread.IsAlive)
            _thread.Join();
    }

    /// <summary>After <see cref="Stop"/>.</summary>
    public void Dispose()
    {
        _core.Dispose();
        foreach (UdpSocket socket in _sockets)
            socket.Dispose();
        _loop.Dispose();
    }

    void IHandshakeOwner.SendHandshake(long peerKey, ReadOnlySpan<byte> datagram) =>
        TryPost(new CrossingHeader { Kind = CrossingKind.Handshake, Target = peerKey }, datagram);

    void IHandshakeOwner.HandshakeCompleted(long peerKey, DtlsResult result) =>
        Post((core, _) => core.CompleteHandshake(peerKey, result));

    void IHandshakeOwner.HandshakeFailed(long peerKey, string reason)
    {
        _log.HandshakeFailed(Index, peerKey, reason);
        Post((core, _) => core.FailHandshake(peerKey));
    }

    private static UdpSocket[] OpenSockets(int index, SfuOptions options)
    {
        var sockets = new List<UdpSocket>();
        try
        {
            foreach (IPAddress address in options.BindAddresses)
            {
                int port = options.Port == 0 ? 0 : options.Port + index;
                sockets.Add(new UdpSocket(new IPEndPoint(address, port), options.ReceiveBufferBytes, options.SendBufferBytes));
            }

            return [.. sockets];
        }
        catch
        {
            sockets.ForEach(s => s.Dispose());
            throw;
        }
    }

    private void Run()
    {
        ThreadNiceness.Add(Niceness);
        Span<int> ready = stackalloc int[byte.MaxValue];
        while (!_stopping)
        {
            try
            {
                // Read again: a turn takes up to some milliseconds, which would be slept once more.
                Instant rest = _clock.Now;
                int count = _loop.Wait(rest, _more ? rest : Instant.Min(_core.FanOutDue, _core.Deadline), ready);
                Turn(ready[..count], _clock.Now);
            }
#pragma warning disable CA1031 // A fault of ours in one turn must not end the audio of everybody on this worker.
            catch (Exception fault)
#pragma warning restore CA1031
            {
                // The wake that announced what is still in the mailboxes is used up.
                _more = true;
                Volatile.Write(ref _faults, _faults + 1);
                _log.TurnFailed(fault, Index);
            }
        }

        TakeCommands(int.MaxValue, _clock.Now);
        _send.Flush();
    }

    /// <summary>One look at everything; what is to go out leaves at its end.</summary>
    private void Turn(ReadOnlySpan<int> ready, Instant now)
    {
        // A post wakes the loop once: what is left behind for the next turn must keep it from sleeping.
        _more = TakeCommands(CommandsInTurn, now) | TakeCrossings(CrossingsInTurn, now) | TakeFrames(FramesInTurn, now);
        foreach (int tag in ready)
            Receive(tag, now);
        _core.Advance(now);
        _core.FanOut();
        _send.Flush();
        Volatile.Write(ref _turns, _turns + 1);
        Volatile.Write(ref _allocatedBytes, GC.GetAllocatedBytesForCurrentThread());
    }

    private void Receive(int tag, Instant now)
    {
        for (int batch = 0; batch < BatchesInTurn; batch++)
        {
            int count = _receive.Receive(_sockets[tag]);
            for (int i = 0; i < count; i++)
                _core.Receive(_receive.Datagram(i), new NetworkPath(tag, _receive.Source(i)), now);
            if (count < _receive.Capacity)
                return;
        }
    }

    /// <returns>True when there may be more.</returns>
    private bool TakeCommands(int most, Instant now)
    {
        int taken = 0;
        while (taken < most && _commands.TryTake(out WorkerCommand? command))
        {
            command(_core, now);
            taken++;
        }

        return taken == most;
    }

    /// <inheritdoc cref="TakeCommands"/>
    private bool TakeCrossings(int most, Instant now)
    {
        int taken = 0;
        while (taken < most && _crossings.TryPeek(out CrossingHeader header, out Span<byte> payload))
        {
            try
            {
                _core.ReceiveCrossing(header, payload, now);
            }
            finally
            {
                // Also after a fault: the same packet must not bring the next turn down.
                _crossings.Advance();
            }

            taken++;
        }

        return taken == most;
    }

    /// <inheritdoc cref="TakeCommands"/>
    private bool TakeFrames(int most, Instant now)
    {
        int taken = 0;
        while (taken < most && _frames.TryPeek(out NetworkPath path, out Span<byte> packet))
        {
            try
            {
                _core.Receive(packet, path, now);
            }
            finally
            {
                _frames.Advance();
            }

            taken++;
        }

        return taken == most;
    }
}
