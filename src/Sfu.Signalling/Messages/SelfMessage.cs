namespace Sfu.Signalling.Messages;

internal sealed record SelfMessage(SelfDto Self) : ServerMessage
{
    public override string Type => "self";
}
