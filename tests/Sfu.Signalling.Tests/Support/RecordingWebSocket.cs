using System.Net.WebSockets;
using System.Text;

namespace Sfu.Signalling.Tests.Support;

/// <summary>Notes down what is sent; nothing is ever received.</summary>
internal sealed class RecordingWebSocket : WebSocket
{
    private WebSocketCloseStatus? _closeStatus;
    private string? _closeReason;

    public List<string> Sent { get; } = [];

    public bool IsBroken { get; init; }

    public override WebSocketCloseStatus? CloseStatus => _closeStatus;

    public override string? CloseStatusDescription => _closeReason;

    public override WebSocketState State => WebSocketState.Open;

    public override string? SubProtocol => null;

    public override void Abort()
    {
    }

    public override Task CloseAsync(WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken) =>
        CloseOutputAsync(closeStatus, statusDescription, cancellationToken);

    public override Task CloseOutputAsync(WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken)
    {
        (_closeStatus, _closeReason) = (closeStatus, statusDescription);
        return Task.CompletedTask;
    }

    public override void Dispose()
    {
    }

    public override Task<WebSocketReceiveResult> ReceiveAsync(ArraySegment<byte> buffer, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public override Task SendAsync(ArraySegment<byte> buffer, WebSocketMessageType messageType, bool endOfMessage, CancellationToken cancellationToken)
    {
        if (IsBroken)
            throw new WebSocketException(WebSocketError.ConnectionClosedPrematurely);
        Sent.Add(Encoding.UTF8.GetString(buffer));
        return Task.CompletedTask;
    }
}
