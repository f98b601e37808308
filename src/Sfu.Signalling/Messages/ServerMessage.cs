namespace Sfu.Signalling.Messages;

/// <summary>What the server sends. <see cref="Type"/> tells the client which; clients pass over types that they do not know.</summary>
internal abstract record ServerMessage
{
    public abstract string Type { get; }
}
