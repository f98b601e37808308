using System.Text;

namespace Sfu.Sdp;

/// <summary>What answers an ICE restart of a client that offered: our new credentials and the candidates (RFC 9725 section 4.3.3).</summary>
public static class IceFragmentWriter
{
    /// <summary>Characters; enough for the usual number of candidates.</summary>
    private const int Capacity = 512;

    /// <param name="offer">Whose transport it is.</param>
    /// <returns>A fragment with CRLF line ends.</returns>
    public static string Write(DescriptionParameters parameters, ClientOffer offer)
    {
        OfferedSection section = offer.Sections.First(s => s.IsUsable);
        var text = new StringBuilder(Capacity);
        text.IceOptions();
        if (section.IsBundled)
            text.Line($"a=group:BUNDLE {section.Mid}");
        text.Line($"m={section.Kind} {SdpText.NoPort} {section.Protocol} {offer.OpusPayloadType}");
        if (section.Mid is { } mid)
            text.Line($"a=mid:{mid}");
        text.Credentials(parameters.Ice);
        text.Candidates(parameters.Candidates);
        return text.ToString();
    }
}
