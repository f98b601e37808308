using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Sfu.Net.Interop;

namespace Sfu.Net;

/// <summary>A bound UDP socket that one worker owns. Datagrams go through <see cref="ReceiveRing"/> and <see cref="SendRing"/>, which never block.</summary>
/// <remarks>Bound to <c>::</c> it serves IPv4 as well (RFC 3493 5.3); bound to any other IPv6 address it serves IPv6 only.</remarks>
public sealed class UdpSocket : IDisposable
{
    private readonly Socket _socket;
    private int _segmentationErrno;

    /// <param name="local">Address and port to bind; port 0 lets the kernel choose one.</param>
    /// <param name="receiveBufferBytes">Bytes of kernel buffer to ask for.</param>
    /// <param name="sendBufferBytes">Bytes of kernel buffer to ask for.</param>
    /// <exception cref="SocketException">The address is taken or is not this machine's, or the family is missing.</exception>
    public UdpSocket(IPEndPoint local, int receiveBufferBytes, int sendBufferBytes)
    {
        _socket = new Socket(local.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            if (local.AddressFamily == AddressFamily.InterNetworkV6)
                _socket.DualMode = local.Address.Equals(IPAddress.IPv6Any);
            GrantedReceiveBuffer =
                SizeBuffer(SocketConstants.ReceiveBufferForce, SocketConstants.ReceiveBuffer, receiveBufferBytes);
            GrantedSendBuffer =
                SizeBuffer(SocketConstants.SendBufferForce, SocketConstants.SendBuffer, sendBufferBytes);
            _segmentationErrno = ProbeSegmentation();
            DoNotFragment();
            _socket.Bind(local);
            LocalEndPoint = (IPEndPoint)_socket.LocalEndPoint!;
            LocalAddress = TransportAddress.From(LocalEndPoint);
            Descriptor = (int)_socket.Handle;
        }
        catch
        {
            _socket.Dispose();
            throw;
        }
    }

    /// <summary>With the port that the kernel chose, when it was to choose one.</summary>
    public IPEndPoint LocalEndPoint { get; }

    public TransportAddress LocalAddress { get; }

    /// <summary>
    /// Bytes granted, on the scale of what was asked for: the kernel books twice of that, for its own overhead, and here
    /// its number is halved (socket(7)).
    /// </summary>
    public int GrantedReceiveBuffer { get; }

    /// <inheritdoc cref="GrantedReceiveBuffer"/>
    public int GrantedSendBuffer { get; }

    /// <summary>Whether the kernel cuts messages of this socket into datagrams (UDP_SEGMENT). Once it refused, never again. Any thread.</summary>
    public bool Segments => SegmentationErrno == 0;

    /// <summary>Why <see cref="Segments"/> is false: the error number of the refusal, else 0. Any thread.</summary>
    public int SegmentationErrno => Volatile.Read(ref _segmentationErrno);

    /// <summary>Whether the kernel ever cut a message of this socket. Owner's thread only.</summary>
    internal bool HasSegmented { get; set; }

    /// <summary>-1 after the disposal, so that nothing is done to what the kernel gives the number to next.</summary>
    internal int Descriptor { get; private set; }

    internal int Family =>
        _socket.AddressFamily == AddressFamily.InterNetworkV6 ? SocketConstants.FamilyInet6 : SocketConstants.FamilyInet;

    public void Dispose()
    {
        Descriptor = -1;
        _socket.Dispose();
    }

    internal void RefuseSegmentation(int errno) => Volatile.Write(ref _segmentationErrno, errno);

    /// <summary>The forced size needs CAP_NET_ADMIN; the plain one is capped by net.core.[rw]mem_max.</summary>
    private int SizeBuffer(int forced, int plain, int bytes)
    {
        if (!TrySet(SocketConstants.LevelSocket, forced, bytes, out _))
            TrySet(SocketConstants.LevelSocket, plain, bytes, out _);
        return Get(SocketConstants.LevelSocket, plain) / 2;
    }

    /// <summary>A size of 0 switches nothing on; it only asks whether the kernel knows the option.</summary>
    private int ProbeSegmentation()
    {
        TrySet(SocketConstants.LevelUdp, SocketConstants.UdpSegment, 0, out int errno);
        return errno;
    }

    /// <summary>
    /// Datagrams bear DF, as they do anyway, and no router's word on the MTU (anybody's, for ICMP is not authenticated) makes the kernel cut them.
    /// Packets that are never cut need no IP identification (RFC 6864), whose making took a twentieth of the fan-out.
    /// </summary>
    private void DoNotFragment() =>
        TrySet(SocketConstants.LevelIp, SocketConstants.MtuDiscover, SocketConstants.MtuDiscoverProbe, out _);

    private bool TrySet(int level, int option, int value, out int errno)
    {
        try
        {
            _socket.SetRawSocketOption(level, option, MemoryMarshal.AsBytes(new ReadOnlySpan<int>(in value)));
            errno = 0;
            return true;
        }
        catch (SocketException refused)
        {
            errno = refused.NativeErrorCode;
            return false;
        }
    }

    private int Get(int level, int option)
    {
        int value = 0;
        _socket.GetRawSocketOption(level, option, MemoryMarshal.AsBytes(new Span<int>(ref value)));
        return value;
    }
}
