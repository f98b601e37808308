namespace Sfu.Signalling.Limits;

/// <summary>What is limited for each address and each identity.</summary>
internal enum LimitedAction
{
    Join,
    Message,
    Hand,

    /// <summary>Of the control plane; its identity is the key that signed the token.</summary>
    Call,
}
