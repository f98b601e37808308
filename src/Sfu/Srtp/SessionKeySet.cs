namespace Sfu.Srtp;

/// <summary>Session encryption key, session salt and session authentication key; the last is empty for the AEAD profiles.</summary>
internal sealed record SessionKeySet(byte[] Key, byte[] Salt, byte[] AuthenticationKey);
