namespace Sfu.Signalling.Messages;

/// <summary>As <c>RTCIceServer</c>.</summary>
internal sealed record IceServerDto(IReadOnlyList<string> Urls, string? Username, string? Credential)
{
    /// <summary>Hides the credential, which must not reach a log.</summary>
    public override string ToString() => string.Join(", ", Urls);
}
