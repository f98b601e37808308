using Sfu.Srtp;

namespace Sfu.TestKit.Workers;

/// <summary>What differs from one simulated client to the next.</summary>
internal sealed record SimulatedClientOptions
{
    /// <summary>What the client offers in its ClientHello; all when null.</summary>
    public IReadOnlyList<SrtpProfile>? Profiles { get; init; }

    /// <summary>The answer names another certificate than the one that the handshake shows.</summary>
    public bool LiesAboutItsFingerprint { get; init; }

    /// <summary>The answer takes RED.</summary>
    public bool Red { get; init; } = true;

    /// <summary>The answer says that missing packets are asked for.</summary>
    public bool Nack { get; init; }

    /// <summary>The answer takes them on a stream of their own (RFC 4588).</summary>
    public bool Rtx { get; init; }

    /// <summary>Given to the client.</summary>
    public SimulatedEar? Ear { get; init; }

    /// <summary>Of the microphone's first packet.</summary>
    public ushort FirstSequenceNumber { get; init; } = 1_000;

    /// <summary>How many packets before it each RED packet of the microphone carries (RFC 2198); 0 sends plain Opus.</summary>
    public int RedDistance { get; init; }

    /// <summary>The answer takes NACK for the microphone, and what is asked for is sent again.</summary>
    public bool Retransmits { get; init; }

    /// <summary>False for an encoder without RFC 6464.</summary>
    public bool SendsLevels { get; init; } = true;
}
