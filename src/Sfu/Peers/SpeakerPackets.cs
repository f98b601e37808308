using Sfu.Rtp;
using Sfu.Slots;

namespace Sfu.Peers;

/// <summary>What one datagram of a microphone yields, in the order of its audio: packets that were missing and that RED brought, then its own.</summary>
/// <remarks>Valid as long as the datagram is. Each index comes out once, whatever datagrams carry it.</remarks>
internal ref struct SpeakerPackets
{
    private readonly SpeakerPacket _own;
    private readonly uint _recovered;
    private RedReader _red;
    private int _distance;
    private bool _hasOwn;

    /// <param name="own">The datagram's own packet.</param>
    /// <param name="isNew">False when an earlier datagram has brought it.</param>
    /// <param name="red">Empty when the datagram is plain.</param>
    /// <param name="recovered">Bit n is set when the block n + 1 before the primary one is to be handed on.</param>
    public SpeakerPackets(SpeakerPacket own, bool isNew, RedReader red, uint recovered)
    {
        _own = own;
        _hasOwn = isNew;
        _red = red;
        _recovered = recovered;
        _distance = recovered != 0 ? red.RedundantCount : 0;
    }

    /// <summary>Valid after <see cref="MoveNext"/> returned true.</summary>
    public SpeakerPacket Current { get; private set; }

    public readonly SpeakerPackets GetEnumerator() => this;

    public bool MoveNext()
    {
        while (_distance > 0 && _red.MoveNext())
        {
            int distance = _distance--;
            if (distance > Microphone.MaxRedDistance || (_recovered >> (distance - 1) & 1) == 0)
                continue;
            Current = Recovered(_red.Current, distance);
            return true;
        }

        if (!_hasOwn)
            return false;
        _hasOwn = false;
        Current = _own;
        return true;
    }

    /// <summary>RFC 6464 tells the level of the newest audio only; that of the one before is taken for the same.</summary>
    private readonly SpeakerPacket Recovered(RedBlock block, int distance) => new()
    {
        Ssrc = _own.Ssrc,
        Index = _own.Index - distance,
        Timestamp = _own.Timestamp - block.TimestampOffset,
        Level = _own.Level,
        Payload = block.Payload,
    };
}
