using System.Buffers;
using System.IO.Pipelines;
using System.Net.Sockets;
using Sfu.Net;
using Sfu.Time;

namespace Sfu.Tcp;

/// <summary>One client's TCP connection: frames in go to the worker of its peer, frames out wait in a queue of their own.</summary>
/// <remarks>
/// A worker sends on it only in answer to an authenticated check, or to a path that one has come on. So what is sent proves who is
/// there: a connection on which nothing was sent is closed, at first after <see cref="AuthenticationTimeout"/>.
/// </remarks>
internal sealed class TcpConnection(
    Socket socket, NetworkPath path, IFrameReceiver receiver, TcpCounters counters, MediaClock clock, Action<TcpConnection> onClosed) : IThreadPoolWorkItem
{
    public static readonly TimeSpan AuthenticationTimeout = TimeSpan.FromSeconds(5);

    /// <summary>Longer than the 25 s that Chromium leaves between two checks of a path that it keeps in reserve.</summary>
    public static readonly TimeSpan IdleTimeout = TimeSpan.FromSeconds(60);

    /// <summary>How long the rest of a frame may take.</summary>
    public static readonly TimeSpan FrameTimeout = TimeSpan.FromSeconds(10);

    /// <summary>About a second of three voices; what is older is not worth playing.</summary>
    private const int QueueBytes = 16 * 1024;

    /// <summary>Packets before anybody is authenticated: a check, and its repetitions.</summary>
    private const int MostUnanswered = 8;

    /// <summary>Written to the kernel at a time.</summary>
    private const int WriteBytes = 4 * 1024;

    private const int ReadBytes = 4 * 1024;

    /// <summary>A zero-byte read waits without a buffer: an idle connection holds none.</summary>
    private static readonly StreamPipeReaderOptions ReadOptions = new(bufferSize: ReadBytes, minimumReadSize: ReadBytes / 4, useZeroByteReads: true);

    private readonly Instant _opened = clock.Now;
    private FrameBudget _budget;
    private FrameQueue? _queue;
    private int _worker = -1;
    private int _writing;
    private int _closed;
    private bool _sent;
    private bool _isAuthenticated;
    private int _unanswered;
    private Instant _lastSent = clock.Now;

    /// <summary>Microseconds; 0 while no frame is half there. Written by the reader, read by the sweep.</summary>
    private long _frameBegun;

    public NetworkPath Path => path;

    /// <summary>Until the connection is closed. Never throws.</summary>
    public async Task RunAsync()
    {
        TcpCloseReason reason;
        try
        {
            reason = await ReadAsync().ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException)
        {
            reason = TcpCloseReason.Client;
        }

        Close(reason);
    }

    /// <inheritdoc cref="IFrameSender.Send"/>
    public void Send(ReadOnlySpan<byte> message, int segmentSize)
    {
        // Not before somebody is authenticated: a connection alone costs no queue.
        _queue ??= new FrameQueue(QueueBytes);
        int frames = 0;
        int dropped = 0;
        for (; !message.IsEmpty; message = message[Math.Min(segmentSize, message.Length)..])
        {
            ReadOnlySpan<byte> packet = message[..Math.Min(segmentSize, message.Length)];
            if (packet.Length > Frame.MaxPacket)
            {
                dropped++;
                continue;
            }

            dropped += _queue.Put(packet);
            frames++;
        }

        counters.CountSent(frames);
        if (dropped > 0)
            counters.CountDropped(dropped);
        Volatile.Write(ref _sent, true);
        if (Interlocked.Exchange(ref _writing, 1) == 0)
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    /// <summary>Closes the connection when it is due. One caller, about once a second.</summary>
    public void Sweep(Instant now)
    {
        if (Volatile.Read(ref _sent))
        {
            Volatile.Write(ref _isAuthenticated, true);
            Volatile.Write(ref _sent, false);
            _lastSent = now;
        }

        long begun = Volatile.Read(ref _frameBegun);
        if (!_isAuthenticated && now - _opened >= AuthenticationTimeout)
            Close(TcpCloseReason.NotAuthenticated);
        else if (begun != 0 && now - new Instant(begun) >= FrameTimeout)
            Close(TcpCloseReason.FrameTooSlow);
        else if (now - _lastSent >= IdleTimeout)
            Close(TcpCloseReason.Idle);
    }

    /// <summary>Any thread; the first reason counts. What has not been written is lost.</summary>
    public void Close(TcpCloseReason reason)
    {
        if (Interlocked.Exchange(ref _closed, 1) != 0)
            return;
        counters.CountClosed(reason);
        socket.Close(timeout: 0);
        onClosed(this);
    }

    void IThreadPoolWorkItem.Execute() => _ = WriteAsync();

    private async Task<TcpCloseReason> ReadAsync()
    {
        PipeReader reader = PipeReader.Create(new NetworkStream(socket, ownsSocket: false), ReadOptions);
        try
        {
            while (true)
            {
                ReadResult result = await reader.ReadAsync().ConfigureAwait(false);
                ReadOnlySequence<byte> buffer = result.Buffer;
                if (TakeFrames(ref buffer) is { } refused)
                    return refused;
                reader.AdvanceTo(buffer.Start, buffer.End);
                if (result.IsCompleted)
                    return TcpCloseReason.Client;
                if (_budget.DelayAt(clock.Now) is { Ticks: > 0 } delay)
                    await Task.Delay(delay, clock.Provider).ConfigureAwait(false);
            }
        }
        finally
        {
            await reader.CompleteAsync().ConfigureAwait(false);
        }
    }

    /// <returns>Null while the connection may go on.</returns>
    private TcpCloseReason? TakeFrames(ref ReadOnlySequence<byte> buffer)
    {
        FrameStatus status;
        bool any = false;
        while ((status = Frame.TryTake(ref buffer, out ReadOnlySequence<byte> packet)) == FrameStatus.Complete)
        {
            any = true;
            _budget.Spend(clock.Now);
            if (!packet.IsEmpty && Post(packet) is { } refused)
                return refused;
        }

        if (buffer.IsEmpty)
            Volatile.Write(ref _frameBegun, 0);
        else if (any || _frameBegun == 0)
            Volatile.Write(ref _frameBegun, clock.Now.Microseconds);
        return status == FrameStatus.TooLong ? TcpCloseReason.FrameTooLong : null;
    }

    private TcpCloseReason? Post(in ReadOnlySequence<byte> packet)
    {
        if (packet.IsSingleSegment)
            return Post(packet.FirstSpan);
        Span<byte> copy = stackalloc byte[Frame.MaxPacket];
        packet.CopyTo(copy);
        return Post(copy[..(int)packet.Length]);
    }

    private TcpCloseReason? Post(ReadOnlySpan<byte> packet)
    {
        if (_worker < 0 && !FirstCheck.TryFindWorker(packet, receiver.Count, out _worker))
            return TcpCloseReason.NotIce;
        if (!Volatile.Read(ref _isAuthenticated) && !Volatile.Read(ref _sent) && ++_unanswered > MostUnanswered)
            return TcpCloseReason.NotAuthenticated;
        counters.CountReceived(receiver.TryPost(_worker, path, packet));
        return null;
    }

    /// <summary>Until the queue is empty. At most one at a time.</summary>
    private async Task WriteAsync()
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(WriteBytes);
        try
        {
            do
            {
                int length;
                while ((length = _queue!.Take(buffer)) > 0)
                {
                    for (int sent = 0; sent < length;)
                        sent += await socket.SendAsync(buffer.AsMemory(sent, length - sent), SocketFlags.None).ConfigureAwait(false);
                }

                Interlocked.Exchange(ref _writing, 0);
            }
            while (!_queue.IsEmpty && Interlocked.Exchange(ref _writing, 1) == 0);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // It stays marked as writing, and nobody tries again.
            Close(TcpCloseReason.Client);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
