using Microsoft.Extensions.Time.Testing;

namespace Sfu.Tests.Dtls;

/// <summary>Fake time that knows whether the one thread that goes by it has seen the latest.</summary>
internal sealed class ObservedTime : FakeTimeProvider
{
    private long _lastRead;

    /// <summary>Whether the last reading was of the present time.</summary>
    public bool IsSeen => Interlocked.Read(ref _lastRead) == base.GetTimestamp();

    public override long GetTimestamp()
    {
        long timestamp = base.GetTimestamp();
        Interlocked.Exchange(ref _lastRead, timestamp);
        return timestamp;
    }
}
