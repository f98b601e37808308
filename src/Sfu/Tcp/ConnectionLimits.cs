using Sfu.Net;

namespace Sfu.Tcp;

/// <summary>How many connections there may be at a time, in all and of one address. Thread-safe.</summary>
/// <remarks>An IPv6 network of 64 bits counts as one address, since whoever has one has all of it (RFC 4291 2.5.4).</remarks>
internal sealed class ConnectionLimits(int most, int mostOfAddress)
{
    private const int AddressLength = 16;
    private const int NetworkLength = 8;

    private readonly Lock _gate = new();
    private readonly Dictionary<ulong, int> _ofAddress = [];
    private int _count;

    /// <returns>Null when one more is within the limits, which is to be given back by <see cref="Leave"/>.</returns>
    public TcpCloseReason? TryEnter(in TransportAddress remote)
    {
        ulong key = KeyOf(remote);
        lock (_gate)
        {
            int held = _ofAddress.GetValueOrDefault(key);
            if (_count >= most)
                return TcpCloseReason.NodeFull;
            if (held >= mostOfAddress)
                return TcpCloseReason.AddressFull;
            _count++;
            _ofAddress[key] = held + 1;
            return null;
        }
    }

    public void Leave(in TransportAddress remote)
    {
        ulong key = KeyOf(remote);
        lock (_gate)
        {
            _count--;
            if (--_ofAddress[key] == 0)
                _ofAddress.Remove(key);
        }
    }

    private static ulong KeyOf(in TransportAddress remote)
    {
        if (remote.IsIPv4)
            return remote.ToIPv4();
        Span<byte> address = stackalloc byte[AddressLength];
        remote.WriteAddress(address);
        return BitConverter.ToUInt64(address[..NetworkLength]);
    }
}
