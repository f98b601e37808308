namespace Sfu.Workers;

/// <summary>The way from one worker to the others.</summary>
internal interface IWorkerLinks
{
    /// <summary>Copies; callable from any worker's thread.</summary>
    /// <returns>False when the other's mailbox is full; the caller counts it.</returns>
    bool TryPost(int worker, in CrossingHeader header, ReadOnlySpan<byte> payload);
}
