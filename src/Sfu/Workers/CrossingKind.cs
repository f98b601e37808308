namespace Sfu.Workers;

/// <summary>What bytes in a worker's packet mailbox are.</summary>
internal enum CrossingKind : byte
{
    /// <summary>A publisher's decrypted packet, on its way to the room's home.</summary>
    Speaker,

    /// <summary>A slot's packet, on its way from the home to a worker with audience.</summary>
    Slot,

    /// <summary>What listeners of one worker lose, on its way to the room's home.</summary>
    ListenerLoss,

    /// <summary>What publishers of a room are to be told, on its way from the home to the workers that may have them.</summary>
    PublisherLoss,

    /// <summary>A DTLS datagram of ours, on its way from a handshake thread to the peer's socket.</summary>
    Handshake,
}
