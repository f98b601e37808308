namespace Sfu.Signalling.WebSockets;

/// <summary>A token bucket: so many messages a second, and so many at once.</summary>
/// <remarks>Owned by the reader's loop of one connection.</remarks>
internal sealed class MessageBudget(int perSecond, int burst, TimeProvider time)
{
    private double _tokens = burst;
    private long _refilledAt = time.GetTimestamp();

    /// <returns>False when there were too many.</returns>
    public bool TrySpend()
    {
        long now = time.GetTimestamp();
        _tokens = Math.Min(burst, _tokens + time.GetElapsedTime(_refilledAt, now).TotalSeconds * perSecond);
        _refilledAt = now;
        if (_tokens < 1)
            return false;
        _tokens--;
        return true;
    }
}
