using Sfu.Diagnostics;
using Sfu.Net;

namespace Sfu.Ice;

/// <summary>What a message did to an <see cref="IceLiteAgent"/>.</summary>
/// <param name="Drop">Why it changed nothing, or <see cref="DropReason.None"/>. An error response may be written all the same.</param>
/// <param name="PathAdded">The path it came on was not known before: datagrams from there are this peer's from now on.</param>
/// <param name="SelectedChanged"><see cref="IceLiteAgent.Selected"/> is another one than before.</param>
public readonly record struct IceResult(DropReason Drop, bool PathAdded = false, bool SelectedChanged = false)
{
    /// <summary>The path that was forgotten for the added one, or the empty one.</summary>
    public NetworkPath Evicted { get; init; }

    /// <summary>The generation that ended because a newer one was nominated; its fragment may be taken out of tables.</summary>
    public IceCredentials? Retired { get; init; }
}
