using System.Buffers.Binary;

namespace Sfu.Losses;

/// <summary>How many reports told of how much loss, in steps of 0.4 % up to 6 % and of 6 % beyond (fractions of RFC 3550 6.4.1).</summary>
/// <remarks>Counts stop at 65,535. 88 bytes.</remarks>
internal sealed class LossHistogram
{
    /// <summary>Bytes of <see cref="Write"/>.</summary>
    public const int Length = Buckets * sizeof(ushort);

    private const int Buckets = FineBuckets + (byte.MaxValue + 1 - FineBuckets) / CoarseStep;
    private const int FineBuckets = 16;
    private const int CoarseStep = 16;

    private readonly ushort[] _counts = new ushort[Buckets];

    public bool IsEmpty => !_counts.AsSpan().ContainsAnyExcept((ushort)0);

    /// <param name="fraction">Lost, in 1/256.</param>
    public void Add(byte fraction)
    {
        ref ushort count = ref _counts[fraction < FineBuckets ? fraction : FineBuckets + (fraction - FineBuckets) / CoarseStep];
        count += count < ushort.MaxValue ? (ushort)1 : (ushort)0;
    }

    public void Add(LossHistogram other)
    {
        for (int i = 0; i < Buckets; i++)
            _counts[i] = (ushort)Math.Min(ushort.MaxValue, _counts[i] + other._counts[i]);
    }

    public void Clear() => _counts.AsSpan().Clear();

    /// <summary>The loss that nine of ten reports do not exceed, as the lower end of its step; 0 without reports.</summary>
    /// <remarks>By the nearest rank: of up to nine reports the worst one counts, and one of ten and more never does alone.</remarks>
    public byte NineOfTen()
    {
        int total = 0;
        foreach (ushort count in _counts)
            total += count;

        int above = total / 10;
        for (int bucket = Buckets - 1; bucket > 0; bucket--)
        {
            above -= _counts[bucket];
            if (above < 0)
                return (byte)(bucket < FineBuckets ? bucket : FineBuckets + (bucket - FineBuckets) * CoarseStep);
        }

        return 0;
    }

    /// <param name="destination"><see cref="Length"/> bytes.</param>
    public void Write(Span<byte> destination)
    {
        for (int i = 0; i < Buckets; i++)
            BinaryPrimitives.WriteUInt16LittleEndian(destination[(i * sizeof(ushort))..], _counts[i]);
    }

    /// <param name="source"><see cref="Length"/> bytes.</param>
    public void Read(ReadOnlySpan<byte> source)
    {
        for (int i = 0; i < Buckets; i++)
            _counts[i] = BinaryPrimitives.ReadUInt16LittleEndian(source[(i * sizeof(ushort))..]);
    }
}
