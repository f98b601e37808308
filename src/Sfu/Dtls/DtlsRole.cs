namespace Sfu.Dtls;

/// <summary>Who speaks first (RFC 8842): <see cref="Client"/> is <c>a=setup:active</c>, <see cref="Server"/> is <c>a=setup:passive</c>.</summary>
public enum DtlsRole
{
    Server,
    Client,
}
