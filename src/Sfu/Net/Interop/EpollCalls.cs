using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Sfu.Net.Interop;

/// <summary><c>epoll</c> and <c>eventfd</c>.</summary>
internal static unsafe partial class EpollCalls
{
    public const int CloseOnExec = 0x80000; // EPOLL_CLOEXEC, EFD_CLOEXEC
    public const int NonBlocking = 0x800; // EFD_NONBLOCK
    public const int ControlAdd = 1; // EPOLL_CTL_ADD
    public const uint Readable = 1; // EPOLLIN

    [LibraryImport("libc", EntryPoint = "epoll_create1", SetLastError = true)]
    public static partial SafeFileHandle Create(int flags);

    [LibraryImport("libc", EntryPoint = "epoll_ctl", SetLastError = true)]
    public static partial int Control(SafeFileHandle epoll, int operation, int descriptor, byte* epollEvent);

    [LibraryImport("libc", EntryPoint = "epoll_wait", SetLastError = true)]
    public static partial int Wait(SafeFileHandle epoll, byte* events, int maxEvents, int timeoutMilliseconds);

    /// <summary>Linux 5.11, glibc 2.35; elsewhere ENOSYS or no such function.</summary>
    /// <param name="timeout">Null waits for ever.</param>
    /// <param name="signals">Null leaves the signal mask alone.</param>
    [LibraryImport("libc", EntryPoint = "epoll_pwait2", SetLastError = true)]
    public static partial int WaitPrecisely(SafeFileHandle epoll, byte* events, int maxEvents, TimeSpecification* timeout, void* signals);

    [LibraryImport("libc", EntryPoint = "eventfd", SetLastError = true)]
    public static partial SafeFileHandle CreateEvent(uint initial, int flags);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    public static partial nint Read(SafeFileHandle descriptor, ulong* value, nuint length);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    public static partial nint Write(SafeFileHandle descriptor, ulong* value, nuint length);
}
