namespace Sfu.LoadTest.Results;

/// <param name="At">At which load the two were compared, in words.</param>
/// <param name="Ours">Name of our run, the best where there are several.</param>
/// <param name="Theirs">Name of the other product's run, likewise.</param>
/// <param name="Listeners">Ours for the same CPU, divided by theirs.</param>
public sealed record ComparisonRatio(string At, string SrtpProfile, string Ours, string Theirs, double Listeners);
