namespace Sfu.FanOut;

/// <summary>What is kept of a listener whose line has lost something; nearly nobody has one.</summary>
internal sealed class Protection
{
    /// <summary>Decides whether packets go out as RED.</summary>
    public RedPolicy Red;
}
