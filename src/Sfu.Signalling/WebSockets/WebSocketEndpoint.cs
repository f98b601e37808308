using System.Net.WebSockets;
using Sfu.Signalling.Messages;
using Sfu.Signalling.Options;

namespace Sfu.Signalling.WebSockets;

/// <summary>The HTTP side of <see cref="ProtocolVersion.Path"/>: who may open a WebSocket.</summary>
internal sealed class WebSocketEndpoint(ConnectionHub hub, ServerSettings settings)
{
    public async Task HandleAsync(HttpContext context)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            await RefuseAsync(context, StatusCodes.Status426UpgradeRequired, "This address speaks WebSocket only.");
            return;
        }

        if (!OriginPolicy.Allows(context.Request, settings.Signalling.AllowedOrigins))
        {
            await RefuseAsync(context, StatusCodes.Status403Forbidden, "Pages of this origin may not connect; see Sfu:Signalling:AllowedOrigins.");
            return;
        }

        if (!context.WebSockets.WebSocketRequestedProtocols.Contains(ProtocolVersion.Subprotocol))
        {
            await RefuseAsync(context, StatusCodes.Status400BadRequest, $"The WebSocket subprotocol {ProtocolVersion.Subprotocol} must be offered.");
            return;
        }

        if (!hub.TryEnter())
        {
            await RefuseAsync(context, StatusCodes.Status503ServiceUnavailable, "The server is full or stopping; try again later.");
            return;
        }

        try
        {
            using WebSocket socket = await context.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext
            {
                SubProtocol = ProtocolVersion.Subprotocol,
                KeepAliveInterval = settings.Signalling.PingInterval,
                KeepAliveTimeout = settings.Signalling.PingTimeout,
            });
            await hub.RunAsync(socket, context.Connection.RemoteIpAddress);
        }
        finally
        {
            hub.Leave();
        }
    }

    private static Task RefuseAsync(HttpContext context, int status, string text)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsync(text);
    }
}
