namespace Sfu.Net.Interop;

/// <summary>Linux socket numbers, the same on x64 and arm64.</summary>
internal static class SocketConstants
{
    public const int FamilyInet = 2; // AF_INET
    public const int FamilyInet6 = 10; // AF_INET6

    public const int LevelSocket = 1; // SOL_SOCKET
    public const int SendBuffer = 7; // SO_SNDBUF
    public const int ReceiveBuffer = 8; // SO_RCVBUF
    public const int SendBufferForce = 32; // SO_SNDBUFFORCE, needs CAP_NET_ADMIN
    public const int ReceiveBufferForce = 33; // SO_RCVBUFFORCE, needs CAP_NET_ADMIN

    public const int LevelIp = 0; // SOL_IP
    public const int MtuDiscover = 10; // IP_MTU_DISCOVER
    public const int MtuDiscoverProbe = 3; // IP_PMTUDISC_PROBE

    public const int LevelUdp = 17; // SOL_UDP
    public const int UdpSegment = 103; // UDP_SEGMENT, Linux 4.18

    public const int DontWait = 0x40; // MSG_DONTWAIT
}
