namespace Sfu.Net.Interop;

/// <summary>Linux error numbers, the same on x64 and arm64 (asm-generic/errno.h).</summary>
internal static class Errno
{
    public const int PermissionDenied = 1; // EPERM
    public const int Interrupted = 4; // EINTR
    public const int InputOutput = 5; // EIO
    public const int Again = 11; // EAGAIN
    public const int Invalid = 22; // EINVAL
    public const int NoSystemCall = 38; // ENOSYS
    public const int MessageSize = 90; // EMSGSIZE
    public const int NoProtocolOption = 92; // ENOPROTOOPT
    public const int NotSupported = 95; // EOPNOTSUPP
    public const int NetworkUnreachable = 101; // ENETUNREACH
    public const int NoBufferSpace = 105; // ENOBUFS
    public const int ConnectionRefused = 111; // ECONNREFUSED
}
