using System.Net;
using System.Net.WebSockets;
using Sfu.Node;
using Sfu.Rooms;
using Sfu.Signalling.Auth;
using Sfu.Signalling.Diagnostics;
using Sfu.Signalling.Limits;
using Sfu.Signalling.Messages;

namespace Sfu.Signalling.WebSockets;

/// <summary>What one client says and how it is answered, from the first message to the last; knows nothing of sockets.</summary>
/// <remarks>
/// Messages come one after the other. What the client gets is in the outbox; when that is completed, the rest is ignored.
/// </remarks>
internal sealed class Conversation(Outbox outbox, IPAddress? address, SignallingServices services)
{
    private readonly Lock _entering = new();
    private Attachment? _attachment;
    private WaitingPlace? _place;
    private volatile ResumableSession? _joined;
    private bool _closed;

    public bool HasJoined => _joined is not null || _place is not null;

    public async Task HandleAsync(ReadOnlyMemory<byte> text)
    {
        ProtocolError? error = ClientMessageParser.Parse(text, out ClientMessage? message, out string? id);
        try
        {
            error ??= await HandleAsync(message!);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // A fault of ours: this client is told and closed, and nobody else notices.
            services.Log.MessageFailed(e, message!.GetType().Name);
            error = Errors.Internal;
        }

        if (error is not null)
            Fail(error, id);
    }

    public void Fail(ProtocolError error, string? re = null)
    {
        if (outbox.IsCompleted)
            return;
        services.Metrics.Error(error.Code);
        services.Log.ClientError(error.Code, error.Text);
        if (error.Fatal)
            outbox.Complete(Translate.Error(error, re), error.CloseCode, error.Code);
        else
            outbox.Post(Translate.Error(error, re));
    }

    /// <summary>The connection is over.</summary>
    /// <param name="deliberately">The client closed it in an orderly way, as a page that is left does.</param>
    public void Close(bool deliberately)
    {
        ResumableSession? joined;
        lock (_entering)
        {
            _closed = true;
            joined = _joined;
        }

        _place?.Leave();
        if (joined is null || _attachment is null)
            return;
        if (deliberately && !outbox.IsCompleted)
        {
            // Nobody reads a bye any more.
            outbox.Complete(null, (int)WebSocketCloseStatus.NormalClosure, "");
            joined.Session.End(EndReason.Left);
        }

        joined.Detach(_attachment);
        services.Log.Detached(joined.Session.Id);
    }

    private async Task<ProtocolError?> HandleAsync(ClientMessage message)
    {
        switch (message)
        {
            case PingMessage ping:
                outbox.Post(new PongMessage(ping.T, ping.Id));
                return null;
            case JoinMessage join:
                return HasJoined ? Errors.AlreadyJoined : await JoinAsync(join);
            case ResumeMessage resume:
                return HasJoined ? Errors.AlreadyJoined : Resume(resume);
            default:
                return _joined is { } joined ? HandleJoined(joined, message)
                    : _place is not null && message is LeaveMessage ? StopWaiting()
                    : Errors.NotJoined;
        }
    }

    private async Task<ProtocolError?> JoinAsync(JoinMessage join)
    {
        if (!services.Limits.Allows(LimitedAction.Join, address))
            return Refuse(Errors.TooManyJoins);
        TokenResult token = await services.Tokens.VerifyAsync(join.Token, join.Room);
        if (token.Claims is not { } claims)
            return Refuse(Errors.Token(token.Outcome));
        if (!services.Limits.Allows(LimitedAction.Join, claims.Identity))
            return Refuse(Errors.TooManyJoins);
        if (join.OnStage && claims.Role == Role.Audience)
            return Refuse(Errors.RoleForbidsStage);

        var attachment = new Attachment(outbox, services.Encoder, session => Enter(session, join));
        _attachment = attachment;
        RoomError failed;
        Session? session;
        // A place may be free at once: the welcome comes after the waiting, whichever thread is faster.
        lock (_entering)
        {
            failed = services.Node.Join(RequestOf(claims, join), attachment, out session, out _place);
            if (_place is { } place)
                outbox.Post(new WaitingMessage(Names.Of(place.Reason), place.Position, place.OpensAt, join.Id));
        }

        if (Errors.Room(failed) is { } error)
            return Refuse(error);
        if (session is null)
        {
            services.Metrics.Join("waiting");
            return null;
        }

        Enter(session, join);
        return join.OnStage && !session.OnStage ? Errors.StageFull : null;
    }

    private static JoinRequest RequestOf(TokenClaims claims, JoinMessage join) =>
        new(claims.Room, claims.Identity, claims.Name ?? join.Name ?? claims.Identity, claims.Role, join.OnStage)
        {
            IssuedAt = claims.IssuedAt,
            Followed = claims.Followed,
            Metadata = claims.Metadata,
            Attributes = claims.Attributes,
            InviteCode = join.InviteCode,
        };

    /// <summary>Inside at last: at once, or later and on another thread for who had to wait.</summary>
    private void Enter(Session session, JoinMessage join)
    {
        services.Metrics.Join("joined");
        services.Log.Joined(session.Identity, join.Room, RoleNames.Of(session.Role), session.Id);
        var joined = new ResumableSession(session, services.Sessions, services.Settings.Signalling.ResumeWindow, services.Time);
        lock (_entering)
        {
            if (!_closed)
                _joined = joined;
        }

        if (_joined is null)
            session.End(EndReason.Left);
        else
            joined.Join(_attachment!, (s, snapshot, resumeToken) => services.Welcome(s, snapshot, resumeToken, resumed: false, join.Id));
    }

    private ProtocolError Refuse(ProtocolError error)
    {
        services.Metrics.Join(error.Code);
        return error;
    }

    private ProtocolError? Resume(ResumeMessage resume)
    {
        if (!services.Limits.Allows(LimitedAction.Join, address))
            return Refuse(Errors.TooManyJoins);
        if (!services.Sessions.TryFind(resume.ResumeToken, out ResumableSession? session))
            return Refuse(Errors.ResumeUnknown);

        var attachment = new Attachment(outbox, services.Encoder, admitted: null);
        bool resumed = session.Resume(
            attachment,
            resume.ResumeToken,
            (s, snapshot, token) =>
            {
                // Before the welcome leaves: whoever has read it is inside, and no join timeout comes after it.
                _attachment = attachment;
                _joined = s;
                return services.Welcome(s, snapshot, token, resumed: true, resume.Id);
            });
        if (!resumed)
            return Refuse(Errors.ResumeUnknown);

        services.Metrics.Join("resumed");
        services.Log.Resumed(session.Session.Id);
        return null;
    }

    private ProtocolError? HandleJoined(ResumableSession joined, ClientMessage message)
    {
        Session session = joined.Session;
        if (LimitedMessages.ActionOf(message) is { } action && !services.Limits.Allows(action, address, session.Identity))
            return Errors.TooOften;
        switch (message)
        {
            case AnswerMessage answer:
                if (answer.Generation != joined.NewestGeneration)
                    return Errors.WrongGeneration(joined.NewestGeneration);
                if (session.Answer(answer.Generation, answer.Sdp) is { } wrong)
                    return Errors.Sdp(wrong);
                joined.SetAnswered(answer.Generation);
                break;
            case MuteMessage mute:
                // The room mutes whoever is on the stage; off it, the wish is kept for later.
                if (Errors.Room(session.Act((room, self) => room.SetMuted(self, mute.Muted))) is { } locked)
                    return locked;
                joined.WantsMuted = mute.Muted;
                _attachment!.SetMuted(mute.Muted);
                break;
            case StageMessage { On: true }:
                if (Errors.Stage(session.Act((room, self) => room.TakeStage(self, joined.WantsMuted))) is { } refused)
                    return refused;
                break;
            case InvitationMessage { Accepted: true }:
                if (Errors.Room(session.Act((room, self) => room.AcceptInvitation(self, joined.WantsMuted))) is { } notAccepted)
                    return notAccepted;
                break;
            case StageMessage:
                session.Act((room, self) => room.LeaveStage(self));
                break;
            case ListenMessage when !session.HasAudio:
                return Errors.SilentRoom;
            case ListenMessage listen:
                session.Listen(listen.Slots);
                break;
            case ListHandsMessage:
                return ListHands(session, message.Id);
            case ListAudienceMessage list:
                return ListAudience(session, list);
            case AddInviteCodeMessage add:
                return AddInviteCode(session, add);
            case IceRestartMessage when !session.HasAudio:
                return Errors.SilentRoom;
            case IceRestartMessage:
                Acknowledge(message.Id);
                Offer offer = session.RestartIce();
                joined.SetOffer(offer);
                outbox.Post(new OfferMessage(offer.Generation, offer.Sdp));
                return null;
            case LeaveMessage:
                session.End(EndReason.Left);
                return null;
            case CloseRoomMessage:
                return session.Role == Role.Moderator ? Run(session, message) : Errors.RoleForbidsClosing;
            default:
                if (Run(session, message) is { } failed)
                    return failed;
                break;
        }

        Acknowledge(message.Id);
        return null;
    }

    private ProtocolError? Run(Session session, ClientMessage message)
    {
        DateTimeOffset now = services.Time.GetUtcNow();
        return Errors.Room(session.Act((room, self) => RoomCommands.Run(room, self, message, now)));
    }

    private ProtocolError? StopWaiting()
    {
        _place!.Leave();
        return null;
    }

    private ProtocolError? ListHands(Session session, string? id)
    {
        if (session.Role != Role.Moderator)
            return Errors.RoleForbids;
        RoomSnapshot room = session.Snapshot();
        outbox.Post(new HandsMessage(room.Revision, [.. room.Hands.Select(Translate.Hand)], id));
        return null;
    }

    private ProtocolError? ListAudience(Session session, ListAudienceMessage list)
    {
        AudiencePageMessage? answer = null;
        session.Act((room, _) =>
        {
            AudiencePage page = room.AudiencePage(list.Prefix, list.From, list.Size);
            answer = new AudiencePageMessage([.. page.Participants.Select(Translate.Listener)], page.Next, list.Id);
            return RoomError.None;
        });
        outbox.Post(answer!);
        return null;
    }

    private ProtocolError? AddInviteCode(Session session, AddInviteCodeMessage add)
    {
        string code = InviteCodes.Create();
        if (Errors.Room(session.Act((room, self) => room.AddInviteCode(self, code, add.Uses))) is { } error)
            return error;
        outbox.Post(new InviteCodeMessage(code, add.Uses, add.Id));
        return null;
    }

    private void Acknowledge(string? id)
    {
        if (id is not null)
            outbox.Post(new OkMessage(id));
    }
}
