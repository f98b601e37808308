using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Sfu.Net;
using Sfu.Srtp.OpenSsl;

namespace Sfu.Srtp;

/// <summary>
/// The packets of a worker whose HMAC-SHA1 tag (RFC 3711 4.2.1) is still to be computed: SHA-1 is a chain of dependent steps that
/// leaves most of a core idle, so the tags of several packets are computed together.
/// </summary>
/// <remarks>
/// Owned by one worker thread; allocates nothing after construction. Packets lie in pinned memory that stays as it is until
/// <see cref="Complete"/>, which whoever sends that memory calls before; see <see cref="SendRing"/>.
/// </remarks>
internal sealed unsafe class TagBatch : IBeforeSend
{
    /// <summary>HMAC-SHA1-80.</summary>
    public const int TagLength = 10;

    private readonly TagLanes? _lanes;
    private readonly PendingTag[] _pending;

    public TagBatch()
        : this(SrtpCiphers.Default.CreateTagLanes())
    {
    }

    /// <param name="lanes">Null computes each tag at once.</param>
    public TagBatch(TagLanes? lanes)
    {
        _lanes = lanes;
        _pending = new PendingTag[lanes?.Count ?? 1];
    }

    /// <summary>Packets that wait.</summary>
    public int Count { get; private set; }

    /// <summary>Computes the packet's tag with those of others, at the latest in <see cref="Complete"/>.</summary>
    /// <param name="key">Copied.</param>
    /// <param name="packet">Pinned: header and ciphertext, then <see cref="TagLength"/> bytes for the tag.</param>
    /// <param name="rolloverCounter">Of the packet's index.</param>
    public void Add(in HmacSha1 key, Span<byte> packet, uint rolloverCounter)
    {
        ref PendingTag tag = ref _pending[Count];
        tag.Packet = (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(packet));
        tag.Length = packet.Length - TagLength;
        tag.RolloverCounter = rolloverCounter;
        tag.Key = key;
        if (++Count == _pending.Length)
            Complete();
    }

    public void Complete()
    {
        if (Count == 0)
            return;

        ReadOnlySpan<PendingTag> pending = _pending.AsSpan(0, Count);
        Count = 0;
        if (_lanes is not null && pending.Length >= TagLanes.Worthwhile)
            _lanes.Compute(pending);
        else
            ComputeSingly(pending);
    }

    /// <summary>The tag of one packet, at once.</summary>
    /// <param name="tag"><see cref="TagLength"/> bytes.</param>
    public static void Compute(in HmacSha1 key, ReadOnlySpan<byte> packet, uint rolloverCounter, Span<byte> tag)
    {
        Span<byte> suffix = stackalloc byte[sizeof(uint)];
        Span<byte> digest = stackalloc byte[HmacSha1.DigestLength];
        BinaryPrimitives.WriteUInt32BigEndian(suffix, rolloverCounter);
        key.Compute(packet, suffix, digest);
        digest[..TagLength].CopyTo(tag);
    }

    private static void ComputeSingly(ReadOnlySpan<PendingTag> pending)
    {
        foreach (ref readonly PendingTag tag in pending)
        {
            Span<byte> packet = new(tag.Packet, tag.Length + TagLength);
            Compute(tag.Key, packet[..tag.Length], tag.RolloverCounter, packet[tag.Length..]);
        }
    }
}
