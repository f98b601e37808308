namespace Sfu.Signalling.Messages;

/// <summary>What a client is told when something went wrong.</summary>
/// <param name="Code">Stable, kebab-case; also a metric label.</param>
/// <param name="Status">HTTP-like.</param>
/// <param name="Text">One sentence for the engineer who wrote the client.</param>
/// <param name="Fatal">The connection is closed with <see cref="CloseCode"/>.</param>
/// <param name="Field">The JSON name of the field at fault.</param>
/// <param name="Line">1-based line of the SDP at fault.</param>
internal sealed record ProtocolError(string Code, int Status, string Text, bool Fatal = false, string? Field = null, int? Line = null)
{
    private const int PrivateUse = 4_000;

    /// <summary>In the range for private use (RFC 6455 7.4.2).</summary>
    public int CloseCode => PrivateUse + Status;
}
