namespace Sfu.Speakers;

/// <summary>Slots in the order in which they were dominant last: who listens to fewer slots listens to the first of these.</summary>
/// <remarks>Silence and changes of owners move nothing, so that a listener's slots do not change hands while nobody speaks.</remarks>
internal sealed class SlotRanks
{
    private readonly int[] _bySlot;

    /// <param name="slots">1..<see cref="byte.MaxValue"/>; the first slot begins as the dominant one.</param>
    public SlotRanks(int slots) => _bySlot = [.. Enumerable.Range(0, slots)];

    /// <summary>The slot whose rank is 0.</summary>
    public int Dominant { get; private set; }

    /// <summary>0 for the slot that is dominant, 1 for the one that was before, and so on; all differ.</summary>
    public int Of(int slot) => _bySlot[slot];

    /// <summary>Makes a slot the dominant one; those that were before it come one later.</summary>
    public void Promote(int slot)
    {
        int rank = _bySlot[slot];
        foreach (ref int other in _bySlot.AsSpan())
        {
            if (other < rank)
                other++;
        }

        _bySlot[slot] = 0;
        Dominant = slot;
    }
}
