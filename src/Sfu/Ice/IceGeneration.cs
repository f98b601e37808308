using System.Text;

namespace Sfu.Ice;

/// <summary>The credentials of one ICE generation in the form that checks are compared with (RFC 8445 section 9).</summary>
internal sealed class IceGeneration(IceCredentials local)
{
    private readonly byte[] _fragment = Encoding.ASCII.GetBytes(local.UsernameFragment);
    private readonly byte[] _password = Encoding.ASCII.GetBytes(local.Password);
    private byte[]? _remoteFragment;

    public IceCredentials Local { get; } = local;

    public ReadOnlySpan<byte> Password => _password;

    public void SetRemote(IceCredentials remote) => _remoteFragment = Encoding.ASCII.GetBytes(remote.UsernameFragment);

    public bool Owns(ReadOnlySpan<byte> localFragment) => localFragment.SequenceEqual(_fragment);

    /// <summary>Checks often overtake the answer: until it is here anyone who knows our password is the remote side.</summary>
    public bool AcceptsRemote(ReadOnlySpan<byte> remoteFragment) =>
        _remoteFragment is null || remoteFragment.SequenceEqual(_remoteFragment);
}
