namespace Sfu.Tcp;

/// <summary>Why a TCP connection ended, or was never begun. Each value is a metric label.</summary>
public enum TcpCloseReason
{
    /// <summary>The other side closed it, or the network gave up.</summary>
    Client = 0,

    /// <summary>Too many of the node.</summary>
    NodeFull,

    /// <summary>Too many of one address.</summary>
    AddressFull,

    /// <summary>The first frame is no STUN binding request for one of our workers.</summary>
    NotIce,

    /// <summary>No check that one of our peers answers came in time (or nothing came at all).</summary>
    NotAuthenticated,

    /// <summary>A frame longer than any packet.</summary>
    FrameTooLong,

    /// <summary>A frame that was begun and did not go on.</summary>
    FrameTooSlow,

    /// <summary>Nothing was to be sent for long: its peer has gone, or uses another path.</summary>
    Idle,

    /// <summary>The server stops.</summary>
    Stopping,

    /// <summary>The number of values; not a reason.</summary>
    Count,
}
