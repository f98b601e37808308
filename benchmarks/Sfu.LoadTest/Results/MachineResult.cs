namespace Sfu.LoadTest.Results;

/// <param name="Cores">That the process may use.</param>
public sealed record MachineResult(string Processor, int Cores, string Kernel, string OperatingSystem, string Runtime);
