using Sfu.Node;
using Sfu.Rooms;
using Sfu.Signalling.Auth;
using Sfu.Signalling.Diagnostics;
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
    TimeProvider time,
    ILogger<SignallingServices> log)
{
    private readonly IReadOnlyList<IceServerDto> _iceServers = [.. settings.IceServers.Select(s => new IceServerDto(s.Urls, s.Username, s.Credential))];

    public SfuNode Node => node;

    public ServerSettings Settings => settings;

    public TokenVerifier Tokens => tokens;

    public SignallingMetrics Metrics => metrics;

    public RateLimits Limits => limits;

    public TimeProvider Time => time;

    /// <summary>For clients to gather candidates with.</summary>
    public IReadOnlyList<IceServerDto> IceServers => _iceServers;

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
        Self = Translate.Self(session.Session, snapshot, session.WantsMuted),
        Room = Translate.Room(snapshot, session.Session.Role == Role.Moderator),
        IceServers = _iceServers,
        Limits = new LimitsDto(settings.Signalling.MaxMessageBytes, settings.Signalling.MessagesPerSecond, settings.Signalling.MessageBurst),
    };
}
