namespace Sfu.Slots;

/// <summary>As what a slot packet goes out; which one may change from packet to packet.</summary>
internal enum SlotForm : byte
{
    Opus = 0,

    /// <summary>The same with the one or two frames before it (RFC 2198).</summary>
    Red = 1,
}
