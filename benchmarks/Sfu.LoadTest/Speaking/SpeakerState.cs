namespace Sfu.LoadTest.Speaking;

/// <summary>One speaker. Written by the pacing thread after the start.</summary>
internal sealed class SpeakerState
{
    /// <summary>Null before the speaker has a way to the server.</summary>
    public IMicrophone? Microphone;

    /// <summary>By which the server names the speaker to listeners; null where it names nobody.</summary>
    public uint? Csrc;

    public uint NextNumber;

    /// <summary>By turn, CLOCK_REALTIME nanoseconds of its first packet, or of the acceptance that it follows from.</summary>
    public long[] TurnStarts { get; } = new long[ushort.MaxValue + 1];

    /// <summary>-1 while silent.</summary>
    public int Turn = -1;

    /// <summary>Which turn an invitation allows now; -1 for none. Written by whoever invites.</summary>
    public volatile int InvitedTurn = -1;

    public ushort Sequence;

    public uint RolloverCounter;

    /// <summary>Packets sent in the measured time.</summary>
    public long Measured;
}
