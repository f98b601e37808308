using System.Runtime.InteropServices;

namespace Sfu.Dtls;

/// <summary>The calling thread's nice value, which Linux keeps for each thread, whatever POSIX says (setpriority(2)).</summary>
internal static partial class ThreadNiceness
{
    private const int PriorityOfProcess = 0; // PRIO_PROCESS
    private const uint CallingThread = 0;

    public static int Current => GetPriority(PriorityOfProcess, CallingThread);

    /// <summary>A refusal is of no consequence.</summary>
    public static void Add(int niceness) => _ = SetPriority(PriorityOfProcess, CallingThread, Current + niceness);

    [LibraryImport("libc", EntryPoint = "getpriority")]
    private static partial int GetPriority(int which, uint who);

    [LibraryImport("libc", EntryPoint = "setpriority")]
    private static partial int SetPriority(int which, uint who, int priority);
}
