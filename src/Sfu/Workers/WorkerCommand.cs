using Sfu.Time;

namespace Sfu.Workers;

/// <summary>What the control plane wants done on a worker's thread.</summary>
internal delegate void WorkerCommand(WorkerCore core, Instant now);
