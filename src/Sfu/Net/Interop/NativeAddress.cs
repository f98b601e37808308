using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Sfu.Net.Interop;

/// <summary>Reads and writes <c>struct sockaddr_in</c> and <c>struct sockaddr_in6</c>.</summary>
internal static class NativeAddress
{
    /// <summary>Bytes of the longer one, <c>sockaddr_in6</c>.</summary>
    public const int MaxLength = 28;

    private const int InetLength = 16;

    // Family (host order) and port (network order) stand first in both.
    private const int PortOffset = 2;
    private const int InetAddressOffset = 4;
    private const int FlowInfoOffset = 4;
    private const int Inet6AddressOffset = 8;
    private const int AddressLength = 16;
    private const int ScopeOffset = 24;

    /// <param name="address">Where to send.</param>
    /// <param name="family">The socket's family.</param>
    /// <param name="destination">At least <see cref="MaxLength"/> bytes.</param>
    /// <returns>The bytes written; 0 when a socket of this family cannot reach the address.</returns>
    public static int Write(in TransportAddress address, int family, Span<byte> destination)
    {
        MemoryMarshal.Write(destination, (ushort)family);
        BinaryPrimitives.WriteUInt16BigEndian(destination[PortOffset..], address.Port);
        if (family == SocketConstants.FamilyInet6)
        {
            BinaryPrimitives.WriteUInt32BigEndian(destination[FlowInfoOffset..], 0);
            address.WriteAddress(destination[Inet6AddressOffset..]);
            MemoryMarshal.Write(destination[ScopeOffset..], address.Scope);
            return MaxLength;
        }

        if (!address.IsIPv4)
            return 0;
        BinaryPrimitives.WriteUInt32BigEndian(destination[InetAddressOffset..], address.ToIPv4());
        destination[(InetAddressOffset + sizeof(uint))..InetLength].Clear();
        return InetLength;
    }

    /// <param name="source">What the kernel wrote, <see cref="MaxLength"/> bytes or fewer.</param>
    /// <returns>The empty address when it is of no family we know.</returns>
    public static TransportAddress Read(ReadOnlySpan<byte> source)
    {
        if (source.Length < InetLength)
            return default;
        ushort port = BinaryPrimitives.ReadUInt16BigEndian(source[PortOffset..]);
        return MemoryMarshal.Read<ushort>(source) switch
        {
            SocketConstants.FamilyInet =>
                TransportAddress.FromIPv4(BinaryPrimitives.ReadUInt32BigEndian(source[InetAddressOffset..]), port),
            SocketConstants.FamilyInet6 when source.Length >= MaxLength =>
                new TransportAddress(
                    source.Slice(Inet6AddressOffset, AddressLength), port, MemoryMarshal.Read<uint>(source[ScopeOffset..])),
            _ => default,
        };
    }
}
