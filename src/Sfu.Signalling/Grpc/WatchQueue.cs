using System.Threading.Channels;
using Grpc.Core;

namespace Sfu.Signalling.Grpc;

/// <summary>What waits to be sent to one watcher: bounded, in order. One item more than fits ends the watch.</summary>
/// <remarks>Posting is for any thread, holds nobody up and calls nobody back.</remarks>
internal sealed class WatchQueue<T>(int capacity) : IDisposable
    where T : class
{
    /// <summary>How long the last message may take when the watch has ended.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly Channel<T> _items = Channel.CreateBounded<T>(new BoundedChannelOptions(capacity) { SingleReader = true });
    private readonly CancellationTokenSource _overflow = new();

    public void Post(T item)
    {
        if (_items.Writer.TryWrite(item))
            return;
        _items.Writer.TryComplete();
        // Callbacks run elsewhere: this may be under a room's lock.
        _ = _overflow.CancelAsync();
    }

    /// <summary>When nobody posts any more.</summary>
    public void Dispose() => _overflow.Dispose();

    /// <summary>Writes what comes until an item is the last.</summary>
    /// <param name="first">Written before all items.</param>
    /// <param name="convert">Null passes over an item.</param>
    /// <param name="isLast">Asked after the item is written.</param>
    /// <param name="stopping">The server's end.</param>
    /// <exception cref="RpcException">RESOURCE_EXHAUSTED when the watcher is too slow, UNAVAILABLE when the server stops.</exception>
    public async Task WriteToAsync<TMessage>(
        IServerStreamWriter<TMessage> stream,
        IEnumerable<TMessage> first,
        Func<T, TMessage?> convert,
        Predicate<T> isLast,
        CancellationToken stopping,
        CancellationToken cancelled)
        where TMessage : class
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancelled, stopping, _overflow.Token);
        // A write that is cancelled takes the call with it, and its status: so what is being written may still arrive.
        using var cut = CancellationTokenSource.CreateLinkedTokenSource(cancelled);
        using CancellationTokenRegistration giveUp = end.Token.Register(() => cut.CancelAfter(Patience));
        try
        {
            foreach (TMessage message in first)
            {
                end.Token.ThrowIfCancellationRequested();
                await stream.WriteAsync(message, cut.Token);
            }

            await foreach (T item in _items.Reader.ReadAllAsync(end.Token))
            {
                end.Token.ThrowIfCancellationRequested();
                if (convert(item) is { } message)
                    await stream.WriteAsync(message, cut.Token);
                if (isLast(item))
                    return;
            }
        }
        catch (OperationCanceledException) when (!cancelled.IsCancellationRequested)
        {
            // Below.
        }

        cancelled.ThrowIfCancellationRequested();
        throw _overflow.IsCancellationRequested ? Failures.TooSlow() : Failures.Stopping();
    }
}
