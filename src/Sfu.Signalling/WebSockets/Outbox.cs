using System.Net.WebSockets;
using System.Threading.Channels;
using Sfu.Signalling.Messages;

namespace Sfu.Signalling.WebSockets;

/// <summary>What waits to be sent to one client: bounded, in order, written by one loop.</summary>
/// <remarks>
/// Posting and completing are for any thread and never wait. One message more than fits completes the
/// outbox: what waits is thrown away and the client, which is too slow, is closed with <see cref="TooSlow"/>. It may resume.
/// </remarks>
internal sealed class Outbox
{
    /// <summary>The close code of a client that reads too slowly; a status of its own, nothing announces it.</summary>
    public const int TooSlow = 4_509;

    private readonly int _capacity;
    private readonly Channel<byte[]> _queue;
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource _completed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _closeCode;
    private string _closeReason = "";

    /// <param name="capacity">Messages that may wait; the one that completes the outbox always fits.</param>
    public Outbox(int capacity)
    {
        _capacity = capacity;
        _queue = Channel.CreateBounded<byte[]>(new BoundedChannelOptions(capacity + 1) { SingleReader = true });
    }

    /// <summary>Ends when nothing more will be taken in; the connection must close soon after.</summary>
    public Task Completed => _completed.Task;

    public bool IsCompleted => _completed.Task.IsCompleted;

    public bool Overflowed { get; private set; }

    public int Waiting => _queue.Reader.Count;

    /// <summary>Without effect on a completed outbox.</summary>
    public void Post(byte[] message)
    {
        lock (_gate)
        {
            if (IsCompleted)
                return;

            if (_queue.Reader.Count < _capacity)
            {
                _queue.Writer.TryWrite(message);
                return;
            }

            Overflowed = true;
            while (_queue.Reader.TryRead(out _))
            {
            }

            CompleteLocked(null, TooSlow, "too-slow");
        }
    }

    public void Post(ServerMessage message) => Post(ServerJson.Encode(message));

    /// <summary>The last message, if any, and the close frame after it. Only the first call counts.</summary>
    public void Complete(ServerMessage? last, int closeCode, string closeReason)
    {
        lock (_gate)
        {
            if (!IsCompleted)
                CompleteLocked(last, closeCode, closeReason);
        }
    }

    public void Complete(Farewell farewell) => Complete(farewell.ToMessage(), farewell.CloseCode, farewell.Reason);

    public bool TryTake(out byte[]? message) => _queue.Reader.TryRead(out message);

    /// <summary>The writer's loop: sends until the outbox is completed and empty, then the close frame.</summary>
    public async Task WriteToAsync(WebSocket socket, CancellationToken cut)
    {
        try
        {
            while (await _queue.Reader.WaitToReadAsync(cut))
            {
                while (_queue.Reader.TryRead(out byte[]? message))
                    await socket.SendAsync(message, WebSocketMessageType.Text, endOfMessage: true, cut);
            }

            await socket.CloseOutputAsync((WebSocketCloseStatus)_closeCode, _closeReason, cut);
        }
        catch (Exception e) when (ConnectionFailure.Is(e))
        {
            Complete(null, 0, "");
        }
    }

    private void CompleteLocked(ServerMessage? last, int closeCode, string closeReason)
    {
        _closeCode = closeCode;
        _closeReason = closeReason;
        if (last is not null)
            _queue.Writer.TryWrite(ServerJson.Encode(last));
        _queue.Writer.Complete();
        _completed.SetResult();
    }
}
