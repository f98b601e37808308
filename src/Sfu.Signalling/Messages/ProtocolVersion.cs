namespace Sfu.Signalling.Messages;

/// <summary>What both sides must agree on.</summary>
internal static class ProtocolVersion
{
    /// <summary>The schema's version, the field <c>v</c>.</summary>
    public const int Current = 1;

    /// <summary>In <c>Sec-WebSocket-Protocol</c>.</summary>
    public const string Subprotocol = "sfu.v1";

    public const string Path = "/v1/ws";
}
