using System.Net;
using System.Runtime.InteropServices;
using Sfu.Net;
using Sfu.Net.Interop;

namespace Sfu.LoadTest.Net;

/// <summary>One UDP socket that is many clients: each has an address of its own, named with every datagram (IP_PKTINFO, ip(7)).</summary>
/// <remarks>Any thread may send.</remarks>
internal sealed unsafe class ClientSocket : IDisposable
{
    /// <summary>CMSG_SPACE of <c>struct in_pktinfo</c>.</summary>
    private const int ControlLength = 32;

    private const nuint ControlLengthWithData = 28;

    // Of the control message: length, level, type, then interface, source address, header address.
    private const int LevelOffset = 8;
    private const int TypeOffset = 12;
    private const int SourceOffset = 20;

    private const int SendBufferBytes = 4 << 20;

    private readonly UdpSocket _socket;

    /// <param name="receiveBufferBytes">Asked for.</param>
    /// <param name="coalesces">Takes what the sender gave to the kernel as one message in one piece (UDP_GRO, udp(7)), instead of having the kernel cut it.</param>
    public ClientSocket(int receiveBufferBytes, bool coalesces)
    {
        _socket = new UdpSocket(new IPEndPoint(IPAddress.Any, 0), receiveBufferBytes, SendBufferBytes);
        bool hasTimestamps = NativeCalls.TrySetOption(Descriptor, SocketConstants.LevelSocket, NativeCalls.Timestamps, 1);
        if (!NativeCalls.TrySetOption(Descriptor, NativeCalls.LevelIp, NativeCalls.PacketInfo, 1) || !hasTimestamps)
            throw new InvalidOperationException("The kernel refuses IP_PKTINFO or SO_TIMESTAMPNS.");
        if (coalesces && !NativeCalls.TrySetOption(Descriptor, SocketConstants.LevelUdp, NativeCalls.Coalesce, 1))
            throw new InvalidOperationException("The kernel refuses UDP_GRO.");
    }

    public int Descriptor => _socket.Descriptor;

    public int Port => _socket.LocalEndPoint.Port;

    public int GrantedReceiveBuffer => _socket.GrantedReceiveBuffer;

    /// <summary>Datagrams that the kernel dropped because nobody fetched them in time.</summary>
    public long Drops => NativeCalls.DropsOf(Descriptor);

    /// <param name="source">The client's address.</param>
    /// <returns>False when the kernel did not take it, as if it were lost.</returns>
    public bool Send(uint source, in TransportAddress server, ReadOnlySpan<byte> datagram)
    {
        byte* name = stackalloc byte[NativeAddress.MaxLength];
        byte* control = stackalloc byte[ControlLength];
        new Span<byte>(control, ControlLength).Clear();
        *(nuint*)control = ControlLengthWithData;
        *(int*)(control + LevelOffset) = NativeCalls.LevelIp;
        *(int*)(control + TypeOffset) = NativeCalls.PacketInfo;
        *(uint*)(control + SourceOffset) = BitConverter.IsLittleEndian ? System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(source) : source;
        fixed (byte* data = &MemoryMarshal.GetReference(datagram))
        {
            var vector = new IoVector { Base = data, Length = (nuint)datagram.Length };
            var header = new MessageHeader
            {
                Name = name,
                NameLength = (uint)NativeAddress.Write(server, SocketConstants.FamilyInet, new Span<byte>(name, NativeAddress.MaxLength)),
                Vectors = &vector,
                VectorCount = 1,
                Control = (SegmentControl*)control,
                ControlLength = ControlLength,
            };
            return NativeCalls.SendMessage(Descriptor, &header, SocketConstants.DontWait) >= 0;
        }
    }

    public void Dispose() => _socket.Dispose();
}
