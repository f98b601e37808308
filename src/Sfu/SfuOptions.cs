using System.Net;
using Sfu.Opus;

namespace Sfu;

/// <summary>How a node runs its media; immutable once the node has started.</summary>
public sealed record SfuOptions
{
    /// <summary>Worker threads; 0 means one for each core.</summary>
    public int Workers { get; init; }

    /// <summary>UDP port of the first worker; the others take the following ones. 0 lets the system choose for each.</summary>
    public int Port { get; init; } = 40_000;

    /// <summary>
    /// The node's one TCP port for ICE over TCP (RFC 6544), which clients take whose network lets no UDP through. Null: none, and no TCP
    /// candidate is offered. 0 lets the system choose.
    /// </summary>
    public int? TcpPort { get; init; }

    /// <summary>TCP connections at a time, 1 or more.</summary>
    public int TcpConnections { get; init; } = 10_000;

    /// <summary>The same of one IPv4 address or IPv6 /64, 1 or more. Behind the firewall of an office all are one address.</summary>
    public int TcpConnectionsPerAddress { get; init; } = 500;

    /// <summary>Each worker opens one socket for each of these; <c>::</c> takes IPv4 too.</summary>
    public IReadOnlyList<IPAddress> BindAddresses { get; init; } = [IPAddress.Loopback, IPAddress.IPv6Loopback];

    /// <summary>What clients are told to send to (behind NAT: the outside addresses). Empty: the bound addresses, or every interface's for a wildcard.</summary>
    public IReadOnlyList<IPAddress> AdvertisedAddresses { get; init; } = [];

    /// <summary>Bytes asked for of the kernel, for each socket.</summary>
    public int ReceiveBufferBytes { get; init; } = 4 * 1024 * 1024;

    /// <inheritdoc cref="ReceiveBufferBytes"/>
    public int SendBufferBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>Slots of a room, 1..12: how many are heard at the same time.</summary>
    public int Slots { get; init; } = 3;

    /// <summary>
    /// The index of each slot's first packet, 0..2^31. Listeners number their packets on their own, so it is nobody's
    /// business; tests set it just below a multiple of 65,536.
    /// </summary>
    public long FirstSlotIndex { get; init; }

    /// <summary>Those who listen in a room that sets no limit of its own, 1 or more.</summary>
    public int MaxAudience { get; init; } = 5_000;

    /// <summary>In all rooms together, 1 or more.</summary>
    public int MaxParticipants { get; init; } = 100_000;

    /// <summary>A join opens the room that it names; else a backend has to create it before.</summary>
    public bool OpensRoomsOnJoin { get; init; } = true;

    /// <summary>
    /// What decodes Opus to measure the levels of publishers that send none; null for libopus where the system has it (and
    /// <c>SFU_OPUS=none</c> is not in the environment), else levels are guessed. Called on worker threads.
    /// </summary>
    public Func<IOpusDecoder>? CreateOpusDecoder { get; init; }

    /// <summary>How long a client without connectivity checks is kept before its media counts as disconnected (RFC 7675 5.1: 30 s).</summary>
    public TimeSpan ConsentTimeout { get; init; } = TimeSpan.FromSeconds(30);
}
