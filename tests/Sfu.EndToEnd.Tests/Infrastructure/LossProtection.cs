namespace Sfu.EndToEnd.Tests;

/// <summary>What a browser takes of the protection that the server offers.</summary>
/// <param name="Name">For people.</param>
/// <param name="Red">RFC 2198.</param>
/// <param name="Nack">RFC 4585.</param>
internal sealed record LossProtection(string Name, bool Red, bool Nack)
{
    public static readonly LossProtection None = new("none", false, false);
    public static readonly LossProtection RedAlone = new("RED", true, false);
    public static readonly LossProtection NackAlone = new("NACK", false, true);
    public static readonly LossProtection Both = new("RED and NACK", true, true);

    /// <summary>Runs in the page before its own: takes out of the offer what the browser is not to answer.</summary>
    public string Script => $$"""
        (() => {
          const original = RTCPeerConnection.prototype.setRemoteDescription;
          RTCPeerConnection.prototype.setRemoteDescription = function (description) {
            let sdp = description.sdp;
            if (!{{(Nack ? "true" : "false")}}) sdp = sdp.replace(/a=rtcp-fb:\d+ nack\r\n/g, '');
            // With its retransmission: a browser takes no RTX of what is not there.
            if (!{{(Red ? "true" : "false")}}) sdp = sdp.replace(/(SAVPF.*) 63\b/g, '$1').replace(/(SAVPF.*) 113\b/g, '$1').replace(/a=(rtpmap|fmtp):(63|113) .*\r\n/g, '');
            description.sdp = sdp;
            return original.call(this, { type: description.type, sdp });
          };
        })();
        """;
}
