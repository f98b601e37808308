using Microsoft.Extensions.Logging;
using Sfu.Buffers;
using Sfu.Diagnostics;
using Sfu.Net.Interop;

namespace Sfu.Net;

/// <summary>Collects the outgoing datagrams of a worker's sockets in pinned memory and hands them to the kernel in batches.</summary>
/// <remarks>
/// Owned by one worker thread; allocates nothing after construction. It never waits: what the kernel does not take is
/// dropped, by datagram, into <see cref="DropCounters"/>. What happens to one message never costs another one.
/// </remarks>
public sealed unsafe class SendRing : IDatagramSender
{
    /// <summary>Bytes of all segments of a message, at most.</summary>
    public const int MaxMessageLength = 65_000;

    /// <summary>Datagrams of a message, at most. The kernel's own limit is 64 in old versions, 128 in new ones.</summary>
    public const int MaxSegments = 64;

    public const int DefaultMessages = 256;

    public const int DefaultBytes = 512 * 1024;

    private readonly UdpSocket[] _sockets;
    private readonly PinnedMemory _payloads;
    private readonly MessageTable _messages;
    private readonly MessageBatchSender _sender;
    private readonly DropCounters _drops;
    private readonly IBeforeSend? _beforeSend;
    private readonly IFrameSender? _frames;
    private readonly FrameBatch _framed;
    private int _used;
    private int _reserved;

    /// <param name="sockets">By the index that <see cref="NetworkPath.Socket"/> holds.</param>
    /// <param name="counters">Of the worker.</param>
    /// <param name="drops">Of the worker.</param>
    /// <param name="logger">Told once for each socket whose segmentation the kernel refuses.</param>
    /// <param name="messages">Messages a batch holds at most, at least <see cref="MaxSegments"/>.</param>
    /// <param name="bytes">Bytes a batch holds at most, at least <see cref="MaxMessageLength"/>.</param>
    /// <param name="beforeSend">Completed before bytes leave, and before bytes that it may still refer to are written over.</param>
    /// <param name="frames">Takes what goes to TCP paths; without it there are none.</param>
    public SendRing(
        IEnumerable<UdpSocket> sockets,
        SocketCounters counters,
        DropCounters drops,
        ILogger logger,
        int messages = DefaultMessages,
        int bytes = DefaultBytes,
        IBeforeSend? beforeSend = null,
        IFrameSender? frames = null)
        : this(sockets, counters, drops, logger, SocketCalls.Kernel, messages, bytes, beforeSend, frames)
    {
    }

    internal SendRing(
        IEnumerable<UdpSocket> sockets,
        SocketCounters counters,
        DropCounters drops,
        ILogger logger,
        ISocketCalls calls,
        int messages = DefaultMessages,
        int bytes = DefaultBytes,
        IBeforeSend? beforeSend = null,
        IFrameSender? frames = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(messages, MaxSegments);
        ArgumentOutOfRangeException.ThrowIfLessThan(bytes, MaxMessageLength);
        _sockets = [.. sockets];
        _payloads = new PinnedMemory(PinnedMemory.AlignUp(bytes));
        _messages = new MessageTable(messages);
        _sender = new MessageBatchSender(calls, counters, drops, logger);
        _drops = drops;
        _beforeSend = beforeSend;
        _frames = frames;
        _framed = new FrameBatch(frames is null ? 0 : messages);
    }

    /// <exception cref="ArgumentOutOfRangeException">The length is not in 1..<see cref="MaxMessageLength"/>.</exception>
    public Span<byte> Reserve(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, MaxMessageLength);
        if (_messages.Count == _messages.Capacity || length > _payloads.Length - _used)
            Flush();
        else if (_reserved != 0)
            _beforeSend?.Complete();
        _reserved = length;
        return _payloads.Slice(_used, length);
    }

    /// <exception cref="ArgumentOutOfRangeException">
    /// More than was reserved, more than <see cref="MaxSegments"/> segments, or a socket that is none.
    /// </exception>
    public void Commit(in NetworkPath path, int length, int segmentSize)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, _reserved);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(segmentSize);
        if ((uint)path.Socket >= (uint)_sockets.Length)
        {
            CommitFrames(path, length, segmentSize);
            return;
        }

        int segments = (int)(((uint)length + (uint)segmentSize - 1) / (uint)segmentSize);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(segments, MaxSegments);

        UdpSocket socket = _sockets[path.Socket];
        bool cutByKernel = segments == 1 || socket.Segments;
        bool added = !path.IsEmpty && (cutByKernel
            ? _messages.TryAdd(path, socket.Family, _payloads.Pointer + _used, length, segmentSize)
            : TryAddSingly(path, socket.Family, length, segmentSize, segments));
        if (added)
        {
            _used += PinnedMemory.AlignUp(length);
        }
        else
        {
            // The next reservation takes the same bytes.
            _beforeSend?.Complete();
            _drops.Count(DropReason.SendFailed, segments);
        }

        _reserved = 0;
    }

    public void Flush()
    {
        SendMessages();
        _used = 0;
        _reserved = 0;
    }

    /// <summary>What goes to a TCP path waits for its tags as well, so it is handed over when the others are sent.</summary>
    private void CommitFrames(in NetworkPath path, int length, int segmentSize)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(path.Socket, NetworkPath.FirstConnection, nameof(path));
        ArgumentNullException.ThrowIfNull(_frames, nameof(path));
        if (_framed.IsFull)
            SendMessages();
        _framed.Add(path, _used, length, segmentSize);
        _used += PinnedMemory.AlignUp(length);
        _reserved = 0;
    }

    private bool TryAddSingly(in NetworkPath path, int family, int length, int segmentSize, int segments)
    {
        // The bytes reserved stay where they are; only the table makes room.
        if (segments > _messages.Capacity - _messages.Count)
            SendMessages();
        for (int offset = 0; offset < length; offset += segmentSize)
        {
            int datagram = Math.Min(segmentSize, length - offset);
            if (!_messages.TryAdd(path, family, _payloads.Pointer + _used + offset, datagram, datagram))
                return false;
        }

        return true;
    }

    private void SendMessages()
    {
        _beforeSend?.Complete();
        int from = 0;
        while (from < _messages.Count)
        {
            byte socket = _messages.SocketOf(from);
            int end = from + 1;
            while (end < _messages.Count && _messages.SocketOf(end) == socket)
                end++;
            _sender.Send(_sockets[socket], _messages, from, end);
            from = end;
        }

        _messages.Clear();
        if (_framed.Count > 0)
            _framed.HandOver(_payloads, _frames!);
        GC.KeepAlive(this);
    }
}
