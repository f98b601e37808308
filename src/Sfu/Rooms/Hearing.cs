namespace Sfu.Rooms;

/// <summary>What the moderators want of somebody's place among those who are heard.</summary>
public enum Hearing : byte
{
    /// <summary>Who speaks is heard, as the slots allow.</summary>
    ByVoice,

    /// <summary>Always has a slot, as a keynote or an interpreter.</summary>
    Pinned,

    /// <summary>Never has one, and is on the stage all the same.</summary>
    Excluded,
}
