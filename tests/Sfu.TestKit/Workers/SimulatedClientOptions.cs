using Sfu.Srtp;

namespace Sfu.TestKit.Workers;

/// <summary>What differs from one simulated client to the next.</summary>
internal sealed record SimulatedClientOptions
{
    /// <summary>What the client offers in its ClientHello; all when null.</summary>
    public IReadOnlyList<SrtpProfile>? Profiles { get; init; }

    /// <summary>The answer names another certificate than the one that the handshake shows.</summary>
    public bool LiesAboutItsFingerprint { get; init; }

    /// <summary>Of the microphone's first packet.</summary>
    public ushort FirstSequenceNumber { get; init; } = 1_000;
}
