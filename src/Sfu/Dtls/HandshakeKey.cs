namespace Sfu.Dtls;

/// <summary>A peer key says who it is only together with its owner.</summary>
internal readonly record struct HandshakeKey(long PeerKey, IHandshakeOwner Owner);
