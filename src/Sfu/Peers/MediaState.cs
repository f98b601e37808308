namespace Sfu.Peers;

/// <summary>How far the media path of a session is.</summary>
public enum MediaState : byte
{
    /// <summary>Waiting for connectivity checks or for the DTLS handshake.</summary>
    Connecting,

    /// <summary>Keys are there; packets flow.</summary>
    Connected,

    /// <summary>No consent for a while (RFC 7675); an ICE restart or a returning client brings it back.</summary>
    Disconnected,

    /// <summary>The handshake failed for good; only a new session helps.</summary>
    Failed,
}
