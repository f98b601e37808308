namespace Sfu.Sdp;

/// <summary>What a client wants that sends an offer itself.</summary>
public enum OfferPurpose : byte
{
    /// <summary>To be heard (WHIP, RFC 9725).</summary>
    Publish,

    /// <summary>To hear (WHEP).</summary>
    Listen,
}
