namespace Sfu.Srtp;

/// <summary>Computes HMAC-SHA1 tags of several packets at once, each in a SIMD lane of its own. One thread, no allocation.</summary>
internal abstract class TagLanes
{
    /// <summary>Below this many packets one after the other is faster.</summary>
    public const int Worthwhile = 4;

    /// <summary>Packets at once.</summary>
    public abstract int Count { get; }

    /// <summary>Writes the tag behind each packet. Takes the time of the longest, however few there are.</summary>
    /// <param name="tags">1..<see cref="Count"/>.</param>
    public abstract void Compute(ReadOnlySpan<PendingTag> tags);
}
