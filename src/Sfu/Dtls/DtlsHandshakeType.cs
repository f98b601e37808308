namespace Sfu.Dtls;

/// <summary>The handshake messages that we look at from outside OpenSSL (RFC 5246 section 7.4).</summary>
internal enum DtlsHandshakeType : byte
{
    ClientHello = 1,
    ServerHello = 2,
}
