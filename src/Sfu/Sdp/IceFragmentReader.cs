using System.Diagnostics.CodeAnalysis;
using Sfu.Ice;

namespace Sfu.Sdp;

/// <summary>Reads a fragment of SDP with candidates, or with the credentials of an ICE restart (RFC 8840 section 9, RFC 9725 section 4.3).</summary>
public static class IceFragmentReader
{
    /// <param name="text">Whatever the client sent.</param>
    public static bool TryRead(string text, [NotNullWhen(true)] out IceFragment? fragment, [NotNullWhen(false)] out SdpError? error)
    {
        fragment = null;
        if (!SdpDocument.TryReadFragment(text, out SdpDocument? document, out error))
            return false;

        foreach (SdpSection section in document.Media.Prepend(document.Session))
        {
            if (section.BadCandidateLine > 0)
            {
                error = new SdpError(
                    SdpErrorCodes.BadCandidate,
                    "An a=candidate is <foundation> <component> <transport> <priority> <address> <port> typ <type>.",
                    section.BadCandidateLine);
                return false;
            }
        }

        SdpSection? source = document.Media.Prepend(document.Session).FirstOrDefault(section => section.UsernameFragment is not null || section.Password is not null);
        IceCredentials? ice = null;
        if (source is not null && (error = RemoteTransport.ReadIce(document, source, out ice)) is not null)
            return false;

        fragment = new IceFragment(ice);
        return true;
    }
}
