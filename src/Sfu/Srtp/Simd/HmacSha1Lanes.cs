using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Sfu.Buffers;

namespace Sfu.Srtp.Simd;

/// <inheritdoc/>
/// <remarks>
/// A lane reads whole blocks where the packet lies, and its last one or two, with rollover counter and padding, from a copy.
/// Lanes whose message is shorter than the longest keep their chaining value; so do lanes without a packet.
/// </remarks>
internal sealed unsafe class HmacSha1Lanes<TVector, TLanes> : TagLanes
    where TVector : unmanaged
    where TLanes : ILanes<TVector>
{
    private const int BlockLength = 64;
    private const int MaxTailLength = 2 * BlockLength;
    private const byte PaddingStart = 0x80;

    // Behind a packet: rollover counter, the first padding byte and the length in bits.
    private const int SuffixLength = sizeof(uint) + 1 + sizeof(ulong);

    private const int BitsOfPad = BlockLength * 8;
    private const uint BitsOfOuterMessage = (BlockLength + OpenSsl.HmacSha1.DigestLength) * 8;

    private static readonly int Lanes = sizeof(TVector) / sizeof(uint);

    private readonly PinnedMemory _memory;
    private readonly TVector* _schedule;
    private readonly TVector* _inner;
    private readonly TVector* _outer;
    private readonly TVector* _blockCounts;
    private readonly byte* _tails;

    public HmacSha1Lanes()
    {
        const int chain = Sha1Lanes<TVector, TLanes>.ChainWords;
        const int vectors = Sha1Lanes<TVector, TLanes>.ScheduleWords + 2 * chain + 1;
        _memory = new PinnedMemory(vectors * sizeof(TVector) + Lanes * MaxTailLength);
        _memory.Span.Clear();
        _schedule = (TVector*)_memory.Pointer;
        _inner = _schedule + Sha1Lanes<TVector, TLanes>.ScheduleWords;
        _outer = _inner + chain;
        _blockCounts = _outer + chain;
        _tails = (byte*)(_blockCounts + 1);
    }

    public override int Count => Lanes;

    [SkipLocalsInit]
    public override void Compute(ReadOnlySpan<PendingTag> tags)
    {
        int most = Prepare(tags);
        byte** blocks = stackalloc byte*[Lanes];
        for (int block = 0; block < most; block++)
        {
            for (int lane = 0; lane < Lanes; lane++)
                blocks[lane] = Block(tags, lane, block);

            TLanes.Load(blocks, _schedule);
            CompressInner((uint)block);
        }

        CompressOuter();
        WriteTags(tags);
        GC.KeepAlive(_memory);
    }

    /// <returns>Blocks of the longest message.</returns>
    private int Prepare(ReadOnlySpan<PendingTag> tags)
    {
        int most = 0;
        uint* counts = (uint*)_blockCounts;
        for (int lane = 0; lane < Lanes; lane++)
        {
            if (lane >= tags.Length)
            {
                counts[lane] = 0;
                continue;
            }

            ref readonly PendingTag tag = ref tags[lane];
            tag.Key.CopyTo((uint*)_inner + lane, (uint*)_outer + lane, Lanes);
            int count = (tag.Length + SuffixLength + BlockLength - 1) / BlockLength;
            counts[lane] = (uint)count;
            most = Math.Max(most, count);
            WriteTail(tag, lane, count);
        }

        return most;
    }

    private void WriteTail(in PendingTag tag, int lane, int blockCount)
    {
        int whole = tag.Length / BlockLength;
        int rest = tag.Length % BlockLength;
        Span<byte> tail = new(_tails + lane * MaxTailLength, (blockCount - whole) * BlockLength);
        new ReadOnlySpan<byte>(tag.Packet + whole * BlockLength, rest).CopyTo(tail);
        tail[rest..].Clear();
        BinaryPrimitives.WriteUInt32BigEndian(tail[rest..], tag.RolloverCounter);
        tail[rest + sizeof(uint)] = PaddingStart;
        BinaryPrimitives.WriteUInt64BigEndian(tail[^sizeof(ulong)..], (ulong)(tag.Length + sizeof(uint)) * 8 + BitsOfPad);
    }

    private byte* Block(ReadOnlySpan<PendingTag> tags, int lane, int block)
    {
        byte* tail = _tails + lane * MaxTailLength;
        if (lane >= tags.Length)
            return tail;

        ref readonly PendingTag tag = ref tags[lane];
        int inTail = block - tag.Length / BlockLength;
        if (inTail < 0)
            return tag.Packet + block * BlockLength;

        // A message that has ended reads anything.
        return inTail == 1 ? tail + BlockLength : tail;
    }

    private void CompressInner(uint block)
    {
        const int chain = Sha1Lanes<TVector, TLanes>.ChainWords;
        TVector* before = stackalloc TVector[chain];
        for (int i = 0; i < chain; i++)
            before[i] = _inner[i];

        Sha1Lanes<TVector, TLanes>.Compress(_inner, _schedule);
        for (int i = 0; i < chain; i++)
            _inner[i] = TLanes.WhereGreater(*_blockCounts, block, _inner[i], before[i]);
    }

    /// <summary>The outer message is the pad, already in the chaining value, and the inner digest: one block with its padding.</summary>
    private void CompressOuter()
    {
        const int chain = Sha1Lanes<TVector, TLanes>.ChainWords;
        const int last = Sha1Lanes<TVector, TLanes>.BlockWords - 1;
        for (int i = 0; i < chain; i++)
            _schedule[i] = _inner[i];

        _schedule[chain] = TLanes.Create((uint)PaddingStart << 24);
        for (int i = chain + 1; i < last; i++)
            _schedule[i] = TLanes.Create(0);

        _schedule[last] = TLanes.Create(BitsOfOuterMessage);
        Sha1Lanes<TVector, TLanes>.Compress(_outer, _schedule);
    }

    private void WriteTags(ReadOnlySpan<PendingTag> tags)
    {
        uint* digests = (uint*)_outer;
        for (int lane = 0; lane < tags.Length; lane++)
        {
            ref readonly PendingTag tag = ref tags[lane];
            Span<byte> bytes = new(tag.Packet + tag.Length, TagBatch.TagLength);
            BinaryPrimitives.WriteUInt32BigEndian(bytes, digests[lane]);
            BinaryPrimitives.WriteUInt32BigEndian(bytes[sizeof(uint)..], digests[Lanes + lane]);
            BinaryPrimitives.WriteUInt16BigEndian(bytes[(2 * sizeof(uint))..], (ushort)(digests[2 * Lanes + lane] >> 16));
        }
    }
}
