using Sfu.LoadTest.Net;
using Sfu.Net;
using Sfu.Srtp;

namespace Sfu.LoadTest.Options;

/// <summary>A run as asked for, valid.</summary>
/// <param name="Product"><see cref="Sfu"/> or <see cref="Janus"/>.</param>
/// <param name="Speakers">In each room.</param>
/// <param name="JoinsPerSecond">0: as fast as they go.</param>
/// <param name="Profiles">Null offers all.</param>
/// <param name="Coalesces">Receives a message of several datagrams in one piece (UDP_GRO).</param>
/// <param name="MaxLoss">Share of expected packets that may be lost beyond what was thrown away on purpose.</param>
/// <param name="PlainRtp">Where the server takes speech that is not encrypted, from speakers that do not join; null where they join.</param>
/// <param name="ServerPid">Of the server's process on this machine; null: only its own metrics are known.</param>
internal sealed record LoadOptions(
    Uri Server,
    string Product,
    string TokenKey,
    string? TokenSecret,
    int Rooms,
    int Listeners,
    int Speakers,
    double JoinsPerSecond,
    int JoinConcurrency,
    double Seconds,
    string Speech,
    bool IsAligned,
    string ProfileName,
    IReadOnlyList<SrtpProfile>? Profiles,
    ClientNetwork ClientNetwork,
    int Threads,
    bool Coalesces,
    double InjectedLoss,
    double MaxLoss,
    string RoomName,
    string Commit,
    string? JsonFile,
    string? HtmlFile,
    TransportAddress? PlainRtp,
    int? ServerPid)
{
    public const string Sfu = "sfu";
    public const string Janus = "janus";

    /// <summary>The <see cref="Speech"/> of those who come to the stage by invitation.</summary>
    public const string Invited = "invited";

    public bool IsByInvitation => Speech == Invited;

    /// <summary>Hides the secret.</summary>
    public override string ToString() => $"{Listeners} listeners, {Rooms} rooms, {Speakers} speakers each, {Server}";
}
