namespace Sfu.LoadTest.Results;

/// <summary>The longest time between two packets of a slot whose speaker spoke on, for each listener.</summary>
/// <param name="Longest">Of all listeners.</param>
public sealed record GapResult(Quantiles OfListeners, double Longest);
