using System.Text;
using Sfu.Diagnostics;
using Sfu.Ice;
using Sfu.Net;
using Sfu.Stun;

namespace Sfu.LoadTest.Clients;

/// <summary>The client's answer to a connectivity check of the server (RFC 8445 section 7.3): libnice checks, even as a lite agent.</summary>
/// <remarks>Roles are not looked at: the client controls, and no lite agent claims to.</remarks>
internal static class BindingAnswer
{
    /// <summary>Bytes that <see cref="Write"/> may write.</summary>
    public const int MaxLength = 128;

    /// <param name="local">The client's own, which the server has from the answer.</param>
    /// <param name="from">Where the check came from.</param>
    /// <param name="response">At least <see cref="MaxLength"/> bytes.</param>
    /// <returns>Bytes of the response; 0 when the datagram is no check of this client that its password signs.</returns>
    public static int Write(ReadOnlySpan<byte> datagram, IceCredentials local, in TransportAddress from, Span<byte> response)
    {
        byte[] password = Encoding.ASCII.GetBytes(local.Password);
        if (StunMessage.TryRead(datagram, out StunMessage check) != DropReason.None
            || check.Type != StunMessageType.BindingRequest
            || !check.Username.StartsWith(Encoding.ASCII.GetBytes(local.UsernameFragment + ":"))
            || !check.HasValidIntegrity(password))
            return 0;

        var writer = new StunWriter(response, StunMessageType.BindingSuccessResponse, check.TransactionId);
        writer.WriteXorMappedAddress(from);
        writer.WriteMessageIntegrity(password);
        writer.WriteFingerprint();
        return writer.Length;
    }
}
