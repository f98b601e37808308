using System.Runtime.InteropServices;

namespace Sfu.Tests.Dtls;

/// <summary>What malloc has handed out in this process: OpenSSL's memory, not the collector's.</summary>
internal static partial class NativeHeap
{
    public static long BytesInUse
    {
        get
        {
            MallInfo info = Read();
            return (long)(info.InUse + info.Mapped);
        }
    }

    [LibraryImport("libc", EntryPoint = "mallinfo2")]
    private static partial MallInfo Read();

    /// <summary><c>struct mallinfo2</c> (mallinfo(3)).</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct MallInfo
    {
        public nuint Arena;
        public nuint FreeChunks;
        public nuint FastChunks;
        public nuint MappedRegions;
        public nuint Mapped;
        public nuint Unused;
        public nuint FastBytes;
        public nuint InUse;
        public nuint Free;
        public nuint Trimmable;
    }
}
