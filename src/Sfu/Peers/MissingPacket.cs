using Sfu.Time;

namespace Sfu.Peers;

/// <summary>A packet that a publisher has sent and that has not come.</summary>
internal struct MissingPacket
{
    public long Index;

    /// <summary>When it would have come.</summary>
    public Instant LostAt;

    /// <summary>When it was asked for last.</summary>
    public Instant AskedAt;

    /// <summary>When to ask for it, or to forget it.</summary>
    public Instant Due;

    public int Asks;
}
