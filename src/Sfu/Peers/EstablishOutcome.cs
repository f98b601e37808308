namespace Sfu.Peers;

/// <summary>What came of bringing a handshake and an answer together.</summary>
internal enum EstablishOutcome : byte
{
    /// <summary>One of the two is still missing, or the keys are there already.</summary>
    Nothing,
    Established,
    FingerprintMismatch,
}
