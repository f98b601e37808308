namespace Sfu.LoadTest.Results;

/// <summary>How evenly loss was spread over listeners: the share of its packets that each of them lost.</summary>
public sealed record LossSpread(double Min, double P50, double P99, double Max)
{
    /// <summary>Null when there are no listeners.</summary>
    public static LossSpread? Of(IReadOnlyCollection<ListenerResult> listeners)
    {
        if (listeners.Count == 0)
            return null;
        double[] shares = [.. listeners.Select(l => l.Expected == 0 ? 0 : (double)l.Lost / l.Expected).Order()];
        double At(double share) => shares[Math.Max(0, (int)Math.Ceiling(share * shares.Length) - 1)];
        return new LossSpread(shares[0], At(0.5), At(0.99), shares[^1]);
    }
}
