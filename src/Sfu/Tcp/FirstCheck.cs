using Sfu.Diagnostics;
using Sfu.Ice;
using Sfu.Stun;

namespace Sfu.Tcp;

/// <summary>What a connection must begin with: a connectivity check (RFC 6544 7) whose user name leads to a worker.</summary>
internal static class FirstCheck
{
    /// <param name="packet">Whether it is authentic is the worker's to find out.</param>
    /// <param name="workers">Of the node.</param>
    /// <param name="worker">-1 when there is none.</param>
    public static bool TryFindWorker(ReadOnlySpan<byte> packet, int workers, out int worker)
    {
        worker = -1;
        return StunMessage.TryRead(packet, out StunMessage message) == DropReason.None
            && message.Type == StunMessageType.BindingRequest
            && IceUsername.TrySplit(message.Username, out ReadOnlySpan<byte> local, out _)
            && RoutedFragment.TryFindWorker(local, workers, out worker);
    }
}
