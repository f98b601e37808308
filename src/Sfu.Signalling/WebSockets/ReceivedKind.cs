namespace Sfu.Signalling.WebSockets;

internal enum ReceivedKind : byte
{
    Text,
    Binary,
    TooLarge,
    Close,
}
