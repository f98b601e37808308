namespace Sfu.LoadTest.Options;

/// <summary>A run of <c>signalling</c> as asked for, valid.</summary>
internal sealed record SignallingOptions(
    Uri Server, string TokenKey, string? TokenSecret, int Listeners, int JoinConcurrency, double IdleSeconds, string RoomName)
{
    /// <summary>Hides the secret.</summary>
    public override string ToString() => $"{Listeners} listeners, {Server}";
}
