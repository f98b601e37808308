using System.Threading.RateLimiting;
using Sfu.Signalling.Options;

namespace Sfu.Signalling.Limits;

/// <summary>One limit, for each of those whom it counts apart.</summary>
/// <remarks>
/// Thread-safe. Subjects are told apart by a hash with a random seed into so many buckets: memory is bounded whoever
/// comes, nobody can choose whose bucket to share, and those who share one have its budget together.
/// </remarks>
internal sealed class RateLimit : IDisposable
{
    public const int Buckets = 65_536;

    private readonly PartitionedRateLimiter<int>? _limiter;

    public RateLimit(RateSettings settings)
    {
        if (settings.PerMinute == 0)
            return;
        var bucket = new TokenBucketRateLimiterOptions
        {
            TokenLimit = settings.Burst,
            TokensPerPeriod = settings.PerMinute,
            ReplenishmentPeriod = TimeSpan.FromMinutes(1),
            QueueLimit = 0,
            AutoReplenishment = false,
        };
        // A bucket that is full again is forgotten by the library.
        _limiter = PartitionedRateLimiter.Create<int, int>(key => RateLimitPartition.GetTokenBucketLimiter(key, _ => bucket));
    }

    public bool Allows<T>(T subject)
        where T : notnull
    {
        if (_limiter is null)
            return true;
        using RateLimitLease lease = _limiter.AttemptAcquire(HashCode.Combine(subject) & (Buckets - 1));
        return lease.IsAcquired;
    }

    public void Dispose() => _limiter?.Dispose();
}
