using System.Runtime.InteropServices;

namespace Sfu.Net.Interop;

/// <summary><c>struct timespec</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct TimeSpecification
{
    private const long NanosecondsForMicrosecond = 1000;

    private long _seconds;
    private long _nanoseconds;

    public static TimeSpecification OfMicroseconds(long microseconds) => new()
    {
        _seconds = microseconds / TimeSpan.MicrosecondsPerSecond,
        _nanoseconds = microseconds % TimeSpan.MicrosecondsPerSecond * NanosecondsForMicrosecond,
    };
}
