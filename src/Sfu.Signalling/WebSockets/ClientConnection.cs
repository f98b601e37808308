using System.Net;
using System.Net.WebSockets;
using Sfu.Signalling.Messages;
using Sfu.Signalling.Options;

namespace Sfu.Signalling.WebSockets;

/// <summary>Moves messages between one WebSocket, its conversation and its outbox, and holds the client to its limits.</summary>
internal sealed class ClientConnection(WebSocket socket, IPAddress? address, SignallingServices services) : IDisposable
{
    private readonly CancellationTokenSource _cut = new();
    private readonly Outbox _outbox = new(services.Settings.Signalling.OutboxMessages);

    private SignallingSettings Settings => services.Settings.Signalling;

    /// <summary>Says goodbye; the connection closes when the client has read it, or a little later.</summary>
    public void Stop() => _outbox.Complete(Farewell.ServerStopping);

    /// <summary>Cuts the connection, whatever waits.</summary>
    public void Cut() => _cut.Cancel();

    public async Task RunAsync()
    {
        var conversation = new Conversation(_outbox, address, services);
        Task writing = _outbox.WriteToAsync(socket, _cut.Token);
        Task closing = CloseInTimeAsync();
        bool closedByClient = false;
        try
        {
            await using ITimer joinTimer = services.Time.CreateTimer(
                _ => JoinTimedOut(conversation), null, Settings.JoinTimeout, Timeout.InfiniteTimeSpan);
            await ReadAsync(conversation);
            closedByClient = socket.CloseStatus is WebSocketCloseStatus.NormalClosure or WebSocketCloseStatus.EndpointUnavailable;
        }
        catch (Exception e) when (ConnectionFailure.Is(e))
        {
            // Gone without a word; the session waits for a resume.
        }

        conversation.Close(closedByClient);
        _outbox.Complete(null, (int)(socket.CloseStatus ?? WebSocketCloseStatus.NormalClosure), "");
        await writing;
        await closing;
        if (_outbox.Overflowed)
            services.Metrics.OutboxOverflowed();
    }

    public void Dispose() => _cut.Dispose();

    private async Task ReadAsync(Conversation conversation)
    {
        using var receiver = new MessageReceiver(socket, Settings.MaxMessageBytes);
        var budget = new MessageBudget(Settings.MessagesPerSecond, Settings.MessageBurst, services.Time);
        while (true)
        {
            ReceivedMessage message = await receiver.ReceiveAsync(_cut.Token);
            if (message.Kind == ReceivedKind.Close)
                return;
            if (_outbox.IsCompleted)
                continue;

            services.Metrics.MessageReceived();
            if (!budget.TrySpend())
                conversation.Fail(Errors.RateLimited);
            else if (message.Kind == ReceivedKind.TooLarge)
                conversation.Fail(Errors.MessageTooLarge(Settings.MaxMessageBytes));
            else if (message.Kind == ReceivedKind.Binary)
                conversation.Fail(Errors.BadJson);
            else
                await conversation.HandleAsync(message.Bytes);
        }
    }

    private static void JoinTimedOut(Conversation conversation)
    {
        if (!conversation.HasJoined)
            conversation.Fail(Errors.JoinTimeout);
    }

    /// <summary>A client that does not read, or does not close in its turn, must not hold the connection.</summary>
    private async Task CloseInTimeAsync()
    {
        await _outbox.Completed;
        _cut.CancelAfter(Settings.CloseTimeout);
    }
}
