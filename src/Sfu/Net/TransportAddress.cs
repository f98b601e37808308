using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Sfu.Net;

/// <summary>An IP address and a UDP port as a value: 16 address bytes (IPv4 is held IPv4-mapped, RFC 4291 2.5.5.2), scope and port.</summary>
/// <remarks>It exists because <see cref="IPEndPoint"/> is an object, and one for each datagram is an allocation for each datagram.</remarks>
public readonly struct TransportAddress : IEquatable<TransportAddress>
{
    private const ulong MappedPrefix = 0x0000_FFFF_0000_0000;

    private readonly ulong _high;
    private readonly ulong _low;
    private readonly uint _scope;

    /// <param name="address">16 bytes in network order.</param>
    /// <param name="port">In host order.</param>
    /// <param name="scope">The IPv6 scope id (interface index) of a link-local address, else 0.</param>
    public TransportAddress(ReadOnlySpan<byte> address, ushort port, uint scope = 0)
    {
        _high = BinaryPrimitives.ReadUInt64BigEndian(address);
        _low = BinaryPrimitives.ReadUInt64BigEndian(address[8..]);
        _scope = scope;
        Port = port;
    }

    private TransportAddress(ulong high, ulong low, ushort port)
    {
        _high = high;
        _low = low;
        Port = port;
    }

    public ushort Port { get; }

    public uint Scope => _scope;

    public bool IsIPv4 => _high == 0 && _low >> 32 == MappedPrefix >> 32;

    /// <summary>True for the value that no datagram ever came from.</summary>
    public bool IsEmpty => Port == 0;

    /// <param name="address">The four address bytes as one number, most significant first.</param>
    /// <param name="port">In host order.</param>
    public static TransportAddress FromIPv4(uint address, ushort port) => new(0, MappedPrefix | address, port);

    public static TransportAddress From(IPEndPoint endPoint)
    {
        Span<byte> bytes = stackalloc byte[16];
        IPAddress address = endPoint.Address;
        uint scope = address.AddressFamily == AddressFamily.InterNetworkV6 ? (uint)address.ScopeId : 0;
        address.MapToIPv6().TryWriteBytes(bytes, out _);
        return new TransportAddress(bytes, (ushort)endPoint.Port, scope);
    }

    /// <summary>The four bytes of an IPv4 address as one number, most significant first.</summary>
    public uint ToIPv4() => (uint)_low;

    /// <summary>Writes 16 bytes in network order; IPv4 comes out IPv4-mapped.</summary>
    public void WriteAddress(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64BigEndian(destination, _high);
        BinaryPrimitives.WriteUInt64BigEndian(destination[8..], _low);
    }

    /// <summary>Allocates; for logs and the control plane.</summary>
    public IPEndPoint ToIPEndPoint()
    {
        Span<byte> bytes = stackalloc byte[16];
        WriteAddress(bytes);
        IPAddress address = IsIPv4 ? new IPAddress(bytes[12..]) : new IPAddress(bytes, _scope);
        return new IPEndPoint(address, Port);
    }

    public static bool operator ==(TransportAddress left, TransportAddress right) => left.Equals(right);

    public static bool operator !=(TransportAddress left, TransportAddress right) => !left.Equals(right);

    public bool Equals(TransportAddress other) =>
        _low == other._low && _high == other._high && Port == other.Port && _scope == other._scope;

    public override bool Equals(object? obj) => obj is TransportAddress other && Equals(other);

    /// <summary>Mixed with the runtime's per-process seed, so that a sender cannot choose colliding addresses.</summary>
    public override int GetHashCode() => HashCode.Combine(_high, _low, Port);

    public override string ToString() => IsEmpty ? "none" : ToIPEndPoint().ToString();
}
