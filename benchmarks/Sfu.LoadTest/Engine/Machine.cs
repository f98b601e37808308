using System.Runtime.InteropServices;
using Sfu.LoadTest.Results;

namespace Sfu.LoadTest.Engine;

/// <summary>What this runs on, for the record.</summary>
internal static class Machine
{
    private const string ProcessorFile = "/proc/cpuinfo";

    public static MachineResult Describe() => new(
        Processor(),
        Environment.ProcessorCount,
        Environment.OSVersion.Version.ToString(),
        RuntimeInformation.OSDescription,
        RuntimeInformation.FrameworkDescription);

    private static string Processor()
    {
        string? line = File.Exists(ProcessorFile)
            ? File.ReadLines(ProcessorFile).FirstOrDefault(text => text.StartsWith("model name", StringComparison.Ordinal))
            : null;
        return line is null ? RuntimeInformation.ProcessArchitecture.ToString() : line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
    }
}
