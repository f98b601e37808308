using System.Numerics;
using System.Runtime.CompilerServices;

namespace Sfu.Timers;

/// <summary>Which of 256 slots in a circle hold something.</summary>
internal struct SlotSet
{
    private const int Slots = 256;
    private const int WordBits = 64;
    private const int Words = Slots / WordBits;

    private WordArray _words;

    public void Add(int slot) => _words[slot / WordBits] |= 1UL << (slot % WordBits);

    public void Remove(int slot) => _words[slot / WordBits] &= ~(1UL << (slot % WordBits));

    /// <summary>Steps from <paramref name="slot"/> to the next slot that holds something, 1..256 (256 is the slot itself); 0 for none.</summary>
    public readonly int DistanceAfter(int slot)
    {
        int from = (slot + 1) % Slots;
        int first = from / WordBits;
        int bit = from % WordBits;

        // The word that the search starts in comes twice: its upper part first, its lower part last.
        ulong word = _words[first] & (ulong.MaxValue << bit);
        for (int step = 0; step <= Words; step++)
        {
            if (word != 0)
            {
                int found = (first + step) % Words * WordBits + BitOperations.TrailingZeroCount(word);
                return (found - from + Slots) % Slots + 1;
            }

            word = _words[(first + step + 1) % Words];
        }

        return 0;
    }

    [InlineArray(Words)]
    private struct WordArray
    {
        private ulong _first;
    }
}
