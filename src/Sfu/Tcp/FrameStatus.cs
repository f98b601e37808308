namespace Sfu.Tcp;

/// <summary>What stands at the head of a TCP stream.</summary>
public enum FrameStatus
{
    /// <summary>The rest of the frame has not arrived.</summary>
    Incomplete,

    Complete,

    /// <summary>No packet of ours is that long: the other side speaks something else, or wants memory.</summary>
    TooLong,
}
