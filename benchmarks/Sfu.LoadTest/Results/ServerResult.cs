namespace Sfu.LoadTest.Results;

/// <summary>From the server's own metrics, CPU and memory perhaps from its process, over the measured time; what it does not tell is 0.</summary>
/// <param name="PacketsSent">Datagrams; those that listeners got where it does not tell.</param>
/// <param name="PacketsPerBusyCore">Datagrams sent for each second of CPU.</param>
/// <param name="ResidentBytes">At the end.</param>
/// <param name="ResidentBytesPerListener">What it grew by from before the joins, by listener.</param>
/// <param name="AllocatedBytes">Of the whole process, signalling and metrics included.</param>
/// <param name="WorkerAllocatedBytes">Of the threads that carry packets.</param>
/// <param name="Dropped">By reason, those that are not 0.</param>
public sealed record ServerResult(
    double CpuSeconds,
    double CoresBusy,
    long PacketsSent,
    long MessagesSent,
    double PacketsPerMessage,
    double CpuMicrosecondsPerPacket,
    double PacketsPerBusyCore,
    long ResidentBytes,
    long ResidentBytesPerListener,
    long AllocatedBytes,
    long WorkerAllocatedBytes,
    double GcPauseSeconds,
    long GcCollections,
    IReadOnlyDictionary<string, long> Dropped);
