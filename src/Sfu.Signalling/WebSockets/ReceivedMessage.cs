namespace Sfu.Signalling.WebSockets;

/// <param name="Kind">What came.</param>
/// <param name="Bytes">Of a text message, else empty.</param>
internal readonly record struct ReceivedMessage(ReceivedKind Kind, ReadOnlyMemory<byte> Bytes);
