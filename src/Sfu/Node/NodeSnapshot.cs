using Sfu.Workers;

namespace Sfu.Node;

/// <summary>What a scrape of the metrics reads.</summary>
public sealed record NodeSnapshot(int Rooms, int Sessions, IReadOnlyList<WorkerSnapshot> Workers);
