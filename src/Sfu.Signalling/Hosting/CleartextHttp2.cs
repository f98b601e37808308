using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using System.Threading.Channels;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;

namespace Sfu.Signalling.Hosting;

/// <summary>
/// Tells connections that begin with the preface of HTTP/2 (RFC 9113 3.4) from all others. Without TLS, Kestrel speaks HTTP/1.1
/// alone on an address that allows both: no ALPN says which it is. So those connections are handed over to a second
/// Kestrel in this process, which speaks HTTP/2 and whose listener this is.
/// </summary>
internal sealed class CleartextHttp2(TimeSpan patience) : IConnectionListenerFactory, IConnectionListener
{
    private readonly Channel<ConnectionContext> _handedOver = Channel.CreateUnbounded<ConnectionContext>();

    private static ReadOnlySpan<byte> Preface => "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8;

    public EndPoint EndPoint { get; } = new InProcessEndPoint();

    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult<IConnectionListener>(this);

    public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
    {
        while (await _handedOver.Reader.WaitToReadAsync(cancellationToken))
        {
            if (_handedOver.Reader.TryRead(out ConnectionContext? connection))
                return connection;
        }

        return null;
    }

    public ValueTask UnbindAsync(CancellationToken cancellationToken = default)
    {
        _handedOver.Writer.TryComplete();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => UnbindAsync();

    /// <summary>The middleware of every address.</summary>
    /// <param name="next">For all but HTTP/2 in cleartext; TLS too.</param>
    public async Task RouteAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(
            connection.Features.Get<IConnectionLifetimeNotificationFeature>()?.ConnectionClosedRequested ?? default);
        end.CancelAfter(patience);
        bool isHttp2;
        try
        {
            isHttp2 = await BeginsWithPrefaceAsync(connection.Transport.Input, end.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // Said nothing for too long, or is gone.
            return;
        }

        if (!isHttp2)
        {
            await next(connection);
            return;
        }

        var handed = new HandedOverConnection(connection);
        if (_handedOver.Writer.TryWrite(handed))
            await handed.Done;
    }

    /// <summary>Leaves all bytes where they are.</summary>
    private static async ValueTask<bool> BeginsWithPrefaceAsync(PipeReader input, CancellationToken end)
    {
        while (true)
        {
            ReadResult result = await input.ReadAsync(end);
            bool? isPreface = IsPreface(result.Buffer);
            bool isDecided = isPreface is not null || result.IsCompleted;
            input.AdvanceTo(result.Buffer.Start, isDecided ? result.Buffer.Start : result.Buffer.End);
            if (isDecided)
                return isPreface ?? false;
        }
    }

    /// <returns>Null when more has to come first.</returns>
    private static bool? IsPreface(in ReadOnlySequence<byte> buffer)
    {
        Span<byte> first = stackalloc byte[Preface.Length];
        int length = (int)Math.Min(buffer.Length, first.Length);
        buffer.Slice(0, length).CopyTo(first);
        if (!Preface.StartsWith(first[..length]))
            return false;
        return length == Preface.Length ? true : null;
    }

    private sealed class InProcessEndPoint : EndPoint
    {
        public override string ToString() => "in-process";
    }
}
