using Sfu.Signalling.Messages;

namespace Sfu.Signalling.Limits;

/// <summary>Which messages cost others something.</summary>
internal static class LimitedMessages
{
    /// <returns>Null for those that the budget of the connection alone limits.</returns>
    public static LimitedAction? ActionOf(ClientMessage message) => message switch
    {
        SendMessage => LimitedAction.Message,
        HandMessage { Raised: true } => LimitedAction.Hand,
        _ => null,
    };
}
