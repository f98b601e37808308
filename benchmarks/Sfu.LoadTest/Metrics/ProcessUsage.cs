using System.Globalization;

namespace Sfu.LoadTest.Metrics;

/// <summary>What a process has used, from <c>/proc/PID/stat</c> (proc_pid_stat(5)): the same for every server, whatever it says about itself.</summary>
/// <param name="CpuSeconds">User and system time of all its threads since its start, those that ended included; in steps of 10 ms.</param>
internal readonly record struct ProcessUsage(double CpuSeconds, long ResidentBytes)
{
    /// <summary>USER_HZ, which is 100 on every architecture that .NET runs on.</summary>
    private const double TicksInSecond = 100;

    // Of the fields behind the name.
    private const int UserTimeField = 11;
    private const int SystemTimeField = 12;
    private const int ResidentPagesField = 21;

    /// <returns>Null when there is no such process.</returns>
    public static ProcessUsage? Of(int pid)
    {
        try
        {
            return Read(File.ReadAllText($"/proc/{pid.ToString(CultureInfo.InvariantCulture)}/stat"), Environment.SystemPageSize);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>The name stands in parentheses and may hold anything, parentheses and spaces too.</summary>
    /// <returns>Null when it is no such line.</returns>
    public static ProcessUsage? Read(string stat, int pageSize)
    {
        string[] fields = stat[(stat.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return fields.Length > ResidentPagesField
            && long.TryParse(fields[UserTimeField], CultureInfo.InvariantCulture, out long user)
            && long.TryParse(fields[SystemTimeField], CultureInfo.InvariantCulture, out long system)
            && long.TryParse(fields[ResidentPagesField], CultureInfo.InvariantCulture, out long pages)
                ? new ProcessUsage((user + system) / TicksInSecond, pages * pageSize)
                : null;
    }
}
