namespace Sfu.Signalling.Limits;

/// <summary>What is limited for each address and each identity.</summary>
internal enum LimitedAction
{
    Join,
    Message,
    Hand,
}
