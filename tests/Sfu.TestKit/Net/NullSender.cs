using Sfu.Net;

namespace Sfu.TestKit.Net;

/// <summary>Counts what it is given and forgets it. Allocates nothing after construction.</summary>
public sealed class NullSender : IDatagramSender
{
    /// <summary>Pinned, as a send ring's: tags may be written later.</summary>
    private readonly byte[] _buffer = GC.AllocateUninitializedArray<byte>(SendRing.MaxMessageLength, pinned: true);

    public long Messages { get; private set; }

    public long Datagrams { get; private set; }

    public long Bytes { get; private set; }

    public long Flushes { get; private set; }

    public Span<byte> Reserve(int length) => _buffer.AsSpan(0, length);

    public void Commit(in NetworkPath path, int length, int segmentSize)
    {
        Messages++;
        Datagrams += (length - 1) / segmentSize + 1;
        Bytes += length;
    }

    public void Flush() => Flushes++;
}
