namespace Sfu.Ice;

/// <summary>A local fragment that begins with the number of its peer's worker, so that the node's one TCP port finds it without a table.</summary>
/// <remarks>Whoever makes one up reaches a worker, which does not know it.</remarks>
public static class RoutedFragment
{
    private const int Base = 64;
    private const int Digits = 2;

    /// <param name="worker">0 to 4,095.</param>
    public static IceCredentials Create(int worker)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)worker, (uint)(Base * Base), nameof(worker));
        IceCredentials random = IceCredentials.Create();
        ReadOnlySpan<char> digits = [IceCredentials.IceChars[worker / Base], IceCredentials.IceChars[worker % Base]];
        return random with { UsernameFragment = string.Concat(digits, random.UsernameFragment) };
    }

    /// <param name="localFragment">As it arrived.</param>
    /// <param name="workers">Of the node.</param>
    /// <param name="worker">Below <paramref name="workers"/>.</param>
    public static bool TryFindWorker(ReadOnlySpan<byte> localFragment, int workers, out int worker)
    {
        worker = -1;
        if (localFragment.Length < Digits)
            return false;
        int high = IceCredentials.IceChars.IndexOf((char)localFragment[0], StringComparison.Ordinal);
        int low = IceCredentials.IceChars.IndexOf((char)localFragment[1], StringComparison.Ordinal);
        worker = high * Base + low;
        return high >= 0 && low >= 0 && worker < workers;
    }
}
