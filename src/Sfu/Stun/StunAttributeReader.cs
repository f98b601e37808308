using System.Buffers.Binary;

namespace Sfu.Stun;

/// <summary>Walks the attributes of a message whose header was checked.</summary>
internal ref struct StunAttributeReader(ReadOnlySpan<byte> message)
{
    private readonly ReadOnlySpan<byte> _message = message;
    private int _next = StunFormat.HeaderLength;

    /// <summary>True when the walk ended because an attribute does not fit into the message.</summary>
    public bool IsMalformed { get; private set; }

    public StunAttributeType Type { get; private set; }

    /// <summary>Offset of the attribute's header in the message.</summary>
    public int Offset { get; private set; }

    /// <summary>Without padding.</summary>
    public ReadOnlySpan<byte> Value { get; private set; }

    /// <summary>Offset of the value in the message.</summary>
    public readonly int ValueOffset => Offset + StunFormat.AttributeHeaderLength;

    public bool TryNext()
    {
        ReadOnlySpan<byte> rest = _message[_next..];
        if (rest.IsEmpty)
            return false;

        if (rest.Length < StunFormat.AttributeHeaderLength)
        {
            IsMalformed = true;
            return false;
        }

        int length = BinaryPrimitives.ReadUInt16BigEndian(rest[StunFormat.AttributeLengthOffset..]);
        int end = StunFormat.AttributeHeaderLength + StunFormat.Padded(length);
        if (end > rest.Length)
        {
            IsMalformed = true;
            return false;
        }

        Type = (StunAttributeType)BinaryPrimitives.ReadUInt16BigEndian(rest);
        Offset = _next;
        Value = rest.Slice(StunFormat.AttributeHeaderLength, length);
        _next += end;
        return true;
    }
}
