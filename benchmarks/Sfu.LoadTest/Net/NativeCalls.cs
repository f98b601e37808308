using System.Runtime.InteropServices;
using Sfu.Net.Interop;

namespace Sfu.LoadTest.Net;

/// <summary>The system calls that only the load tool needs.</summary>
internal static unsafe partial class NativeCalls
{
    public const int Timestamps = 35; // SO_TIMESTAMPNS
    public const int MemoryInfo = 55; // SO_MEMINFO
    public const int MemoryInfoDrops = 8; // SK_MEMINFO_DROPS
    public const int LevelIp = 0; // IPPROTO_IP
    public const int PacketInfo = 8; // IP_PKTINFO

    public const int Coalesce = 104; // UDP_GRO, Linux 5.0

    private const int ClockRealtime = 0;
    private const long NanosecondsForSecond = 1_000_000_000;

    /// <summary>CLOCK_REALTIME, the clock of the kernel's receive timestamps.</summary>
    public static long RealtimeNanoseconds()
    {
        long* time = stackalloc long[2];
        _ = GetTime(ClockRealtime, time);
        return time[0] * NanosecondsForSecond + time[1];
    }

    public static void Sleep(long nanoseconds)
    {
        long* time = stackalloc long[2];
        time[0] = nanoseconds / NanosecondsForSecond;
        time[1] = nanoseconds % NanosecondsForSecond;
        _ = NanoSleep(time, null);
    }

    public static bool TrySetOption(int socket, int level, int option, int value) => SetOption(socket, level, option, &value, sizeof(int)) == 0;

    /// <summary>Datagrams that the kernel dropped because the socket's buffer was full.</summary>
    public static long DropsOf(int socket)
    {
        uint* info = stackalloc uint[16];
        uint length = 16 * sizeof(uint);
        return GetOption(socket, SocketConstants.LevelSocket, MemoryInfo, info, &length) == 0 && length > MemoryInfoDrops * sizeof(uint)
            ? info[MemoryInfoDrops]
            : 0;
    }

    [LibraryImport("libc", EntryPoint = "sendmsg", SetLastError = true)]
    public static partial nint SendMessage(int socket, MessageHeader* message, int flags);

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    [SuppressGCTransition]
    private static partial int GetTime(int clock, long* time);

    [LibraryImport("libc", EntryPoint = "nanosleep")]
    private static partial int NanoSleep(long* time, long* left);

    [LibraryImport("libc", EntryPoint = "setsockopt")]
    private static partial int SetOption(int socket, int level, int option, void* value, uint length);

    [LibraryImport("libc", EntryPoint = "getsockopt")]
    private static partial int GetOption(int socket, int level, int option, void* value, uint* length);
}
