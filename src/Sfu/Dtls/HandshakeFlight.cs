namespace Sfu.Dtls;

/// <summary>The records that we sent last, cut into datagrams, ready to be sent again.</summary>
/// <remarks>
/// OpenSSL's memory BIO gives a whole flight as one run of bytes; here it becomes datagrams again. Records of epoch 0 get
/// a new record number each time they leave: a receiver may have taken a record, marked its number as seen, and thrown the message away
/// because an earlier one was missing (NSS does so), and to it the same number again is a replay. Nothing authenticates these
/// numbers in epoch 0 (RFC 6347 4.1.2.1), so we may choose them. The one record of epoch 1, Finished, keeps its number, under which it is
/// encrypted: whoever could read it has used it.
/// </remarks>
internal sealed class HandshakeFlight(int mtu)
{
    private byte[] _records = [];
    private int _taken;
    private ulong _sequence;

    public bool IsEmpty => _records.Length == 0;

    /// <summary>True for the flights after which only a Finished is awaited, or nothing.</summary>
    public bool EndsWithFinished { get; private set; }

    /// <summary>Forgets the flight before, also what has not been taken of it.</summary>
    /// <param name="records">Whole records, each no longer than the MTU; kept, not copied.</param>
    public void Replace(byte[] records)
    {
        _records = records;
        _taken = 0;
        EndsWithFinished = false;
        ReadOnlySpan<byte> rest = records;
        while (DtlsRecord.TryRead(ref rest, out DtlsRecord record))
            EndsWithFinished |= record.Type == DtlsContentType.ChangeCipherSpec;
    }

    /// <summary>The whole flight waits to be taken once more.</summary>
    public void Rewind() => _taken = 0;

    /// <summary>Fills one datagram with as many records as fit.</summary>
    public bool TryTake(Span<byte> datagram, out int length)
    {
        if (datagram.Length < mtu)
            throw new ArgumentException($"A datagram may be up to {mtu} bytes long.", nameof(datagram));

        length = 0;
        ReadOnlySpan<byte> rest = _records.AsSpan(_taken);
        while (DtlsRecord.TryRead(ref rest, out DtlsRecord record) && length + record.Bytes.Length <= mtu)
        {
            Span<byte> copy = datagram.Slice(length, record.Bytes.Length);
            record.Bytes.CopyTo(copy);
            if (record.Epoch == 0)
                DtlsRecord.SetSequence(copy, _sequence++);
            length += copy.Length;
        }

        _taken += length;
        return length > 0;
    }
}
