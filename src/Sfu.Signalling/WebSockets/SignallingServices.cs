using Sfu.Node;
using Sfu.Rooms;
using Sfu.Signalling.Auth;
using Sfu.Signalling.Diagnostics;
using Sfu.Signalling.IceServers;
using Sfu.Signalling.Limits;
using Sfu.Signalling.Messages;
using Sfu.Signalling.Options;

namespace Sfu.Signalling.WebSockets;

/// <summary>What all conversations share.</summary>
internal sealed class SignallingServices(
    SfuNode node,
    ServerSettings settings,
    TokenVerifier tokens,
    SignallingMetrics metrics,
    RateLimits limits,
    IceServerList iceServers,
    TimeProvider time,
    ILogger<SignallingServices> log)
{
    public SfuNode Node => node;

    public ServerSettings Settings => settings;

    public TokenVerifier Tokens => tokens;

    public SignallingMetrics Metrics => metrics;

    public RateLimits Limits => limits;

    public TimeProvider Time => time;

    public IceServerList IceServers => iceServers;

    public ILogger Log => log;

    public EventEncoder Encoder { get; } = new();

    public SessionDirectory Sessions { get; } = new();

    public WelcomeMessage Welcome(ResumableSession session, RoomSnapshot snapshot, string resumeToken, bool resumed, string? re) => new()
    {
        V = ProtocolVersion.Current,
        Re = re,
        SessionId = session.Session.Id,
        ResumeToken = resumeToken,
        ResumeSeconds = (int)settings.Signalling.ResumeWindow.TotalSeconds,
        Resumed = resumed,
        PingSeconds = (int)settings.Signalling.PingInterval.TotalSeconds,
        Media = Translate.Media(session.Session.MediaState),
        Redundancy = session.Session.HasRedundancy,
        Self = Translate.Self(session.Session, snapshot, session.WantsMuted),
        Room = Translate.Room(snapshot, session.Session.Role == Role.Moderator),
        IceServers = iceServers.For(session.Session.Identity),
        Limits = new LimitsDto(settings.Signalling.MaxMessageBytes, settings.Signalling.MessagesPerSecond, settings.Signalling.MessageBurst),
    };
}
