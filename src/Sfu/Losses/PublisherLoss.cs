using System.Buffers.Binary;

namespace Sfu.Losses;

/// <summary>What a publisher's listeners lose, on its way to the worker that has the publisher.</summary>
/// <param name="Csrc">Of the publisher; 0 for nobody.</param>
/// <param name="Fraction">In 1/256.</param>
internal readonly record struct PublisherLoss(uint Csrc, byte Fraction)
{
    /// <summary>In bytes.</summary>
    public const int Length = sizeof(uint) + 1;

    public void Write(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(destination, Csrc);
        destination[sizeof(uint)] = Fraction;
    }

    public static PublisherLoss Read(ReadOnlySpan<byte> source) =>
        new(BinaryPrimitives.ReadUInt32LittleEndian(source), source[sizeof(uint)]);
}
