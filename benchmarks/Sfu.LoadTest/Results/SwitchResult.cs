namespace Sfu.LoadTest.Results;

/// <summary>When somebody begins to speak: from the first packet sent, or from accepting the invitation, to the first of that turn that a listener gets.</summary>
public sealed record SwitchResult(Quantiles OnsetToHeard);
