using System.Buffers.Binary;

namespace Sfu.TestKit.Fuzzing;

/// <summary>
/// Makes malformed datagrams out of valid ones: flipped bits, changed bytes, cuts, extensions, splices of two inputs and
/// tampered length fields, one to four of them at a time.
/// </summary>
/// <remarks>
/// The same seed and corpus give the same sequence, so <see cref="Iteration"/> and the seed name a failing input.
/// Works on bytes; encode text as UTF-8 first. Not thread-safe. <see cref="Next"/> does not allocate.
/// <para>Who feeds how many of them to what, well above a million for each run of the tests:</para>
/// <list type="table">
/// <item><term>STUN</term><description>480,000 in IceFuzzTests: raw, with a repaired fingerprint, signed by a stranger, signed by the client</description></item>
/// <item><term>RTP</term><description>250,000 in RtpFuzzTests</description></item>
/// <item><term>RED</term><description>250,000 in RtpFuzzTests, beside those within RTP</description></item>
/// <item><term>RTCP</term><description>200,000 in RtcpFuzzTests</description></item>
/// <item><term>SRTP, SRTCP</term><description>200,000 each in SrtpFuzzTests</description></item>
/// <item><term>DTLS</term><description>150,000 in DtlsFuzzTests</description></item>
/// <item><term>signalling JSON</term><description>150,000 in ClientMessageParserTests, 101,000 in MalformedMessageTests</description></item>
/// <item><term>SDP</term><description>30,000 each in AnswerFuzzTests and OfferFuzzTests</description></item>
/// </list>
/// </remarks>
public sealed class Mutator
{
    private const int MaxMutations = 4;
    private const int MaxGrowth = 64;

    private readonly byte[][] _corpus;
    private readonly byte[] _buffer;
    private SplitMix _random;
    private int _length;

    /// <param name="seed">Any number; each test has its own, fixed one.</param>
    /// <param name="corpus">Valid inputs, at least one.</param>
    public Mutator(ulong seed, params IEnumerable<byte[]> corpus)
    {
        _corpus = [.. corpus];
        ArgumentOutOfRangeException.ThrowIfZero(_corpus.Length, nameof(corpus));
        _random = new SplitMix(seed);
        _buffer = new byte[_corpus.Max(input => input.Length) * 2 + MaxMutations * MaxGrowth];
    }

    /// <summary>How many datagrams were made.</summary>
    public int Iteration { get; private set; }

    /// <summary>The next datagram, valid until the next call; the caller may write into it. It may be empty.</summary>
    /// <remarks>One in sixteen is an unchanged input, so that the valid path is met in between.</remarks>
    public Span<byte> Next()
    {
        Iteration++;
        ReadOnlySpan<byte> input = AnyInput();
        input.CopyTo(_buffer);
        _length = input.Length;
        if (_random.Next(16) != 0)
            for (int count = 1 + _random.Next(MaxMutations); count > 0; count--)
                MutateOnce();

        return _buffer.AsSpan(0, _length);
    }

    private void MutateOnce()
    {
        switch (_random.Next(10))
        {
            case 0: FlipBit(); break;
            case 1: ChangeByte(); break;
            case 2: ChangeByteToAnEdge(); break;
            case 3: Truncate(); break;
            case 4: Extend(); break;
            case 5: Splice(); break;
            case 6: TamperLengthField(sizeof(byte)); break;
            case 7: TamperLengthField(sizeof(ushort)); break;
            case 8: RemoveRange(); break;
            default: RepeatRange(); break;
        }
    }

    private void FlipBit()
    {
        if (_length > 0)
            _buffer[_random.Next(_length)] ^= (byte)(1 << _random.Next(8));
    }

    private void ChangeByte()
    {
        if (_length > 0)
            _buffer[_random.Next(_length)] = (byte)_random.Next(256);
    }

    private void ChangeByteToAnEdge()
    {
        ReadOnlySpan<byte> edges = [0x00, 0x01, 0x7F, 0x80, 0xFE, 0xFF];
        if (_length > 0)
            _buffer[_random.Next(_length)] = edges[_random.Next(edges.Length)];
    }

    private void Truncate() => _length = _random.Next(_length + 1);

    private void Extend()
    {
        int growth = Math.Min(1 + _random.Next(MaxGrowth), _buffer.Length - _length);
        for (int i = 0; i < growth; i++)
            _buffer[_length++] = (byte)_random.Next(256);
    }

    /// <summary>The head of what there is, then the tail of another input.</summary>
    private void Splice()
    {
        ReadOnlySpan<byte> other = AnyInput();
        int head = _random.Next(_length + 1);
        ReadOnlySpan<byte> tail = other[_random.Next(other.Length + 1)..];
        tail = tail[..Math.Min(tail.Length, _buffer.Length - head)];
        tail.CopyTo(_buffer.AsSpan(head));
        _length = head + tail.Length;
    }

    /// <summary>Moves a big-endian number a little up or down, or to what is left behind it: off-by-one lengths are the best ones.</summary>
    private void TamperLengthField(int size)
    {
        if (_length < size)
            return;

        int offset = _random.Next(_length - size + 1);
        Span<byte> field = _buffer.AsSpan(offset, size);
        int value = size == sizeof(byte) ? field[0] : BinaryPrimitives.ReadUInt16BigEndian(field);
        value = _random.Next(4) switch
        {
            0 => value + 1 + _random.Next(4),
            1 => value - 1 - _random.Next(4),
            2 => _length - offset - size + _random.Next(5) - 2,
            _ => value << 1,
        };
        if (size == sizeof(byte))
            field[0] = (byte)value;
        else
            BinaryPrimitives.WriteUInt16BigEndian(field, (ushort)value);
    }

    private void RemoveRange()
    {
        int start = _random.Next(_length + 1);
        int end = start + _random.Next(_length - start + 1);
        _buffer.AsSpan(end, _length - end).CopyTo(_buffer.AsSpan(start));
        _length -= end - start;
    }

    private void RepeatRange()
    {
        int start = _random.Next(_length + 1);
        int count = Math.Min(_random.Next(Math.Min(MaxGrowth, _length - start) + 1), _buffer.Length - _length);
        _buffer.AsSpan(start, _length - start).CopyTo(_buffer.AsSpan(start + count));
        _length += count;
    }

    private ReadOnlySpan<byte> AnyInput() => _corpus[_random.Next(_corpus.Length)];
}
