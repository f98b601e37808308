namespace Sfu.Ice;

/// <summary>The USERNAME of a check: the receiver's fragment, a colon, the sender's fragment (RFC 8445 section 7.2.2).</summary>
public static class IceUsername
{
    private const byte Separator = (byte)':';

    /// <param name="username">The value of USERNAME as it arrived.</param>
    /// <param name="receiver">The fragment of the side that the check was sent to; never empty on success.</param>
    /// <param name="sender">The fragment of the side that sent the check; may be empty.</param>
    /// <returns>False when there is no colon or nothing before it. A colon is no ice-char, so the first one counts.</returns>
    public static bool TrySplit(ReadOnlySpan<byte> username, out ReadOnlySpan<byte> receiver, out ReadOnlySpan<byte> sender)
    {
        int separator = username.IndexOf(Separator);
        if (separator <= 0)
        {
            receiver = sender = default;
            return false;
        }

        receiver = username[..separator];
        sender = username[(separator + 1)..];
        return true;
    }
}
