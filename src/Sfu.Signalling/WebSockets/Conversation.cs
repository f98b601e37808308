using System.Net.WebSockets;
using Sfu.Node;
using Sfu.Rooms;
using Sfu.Signalling.Auth;
using Sfu.Signalling.Diagnostics;
using Sfu.Signalling.Messages;

namespace Sfu.Signalling.WebSockets;

/// <summary>What one client says and how it is answered, from the first message to the last; knows nothing of sockets.</summary>
/// <remarks>
/// Messages come one after the other. What the client gets is in the outbox; when that is completed, the rest is ignored.
/// </remarks>
internal sealed class Conversation(Outbox outbox, SignallingServices services)
{
    private Attachment? _attachment;
    private ResumableSession? _joined;

    public bool HasJoined => _joined is not null;

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
        if (_joined is null || _attachment is null)
            return;
        if (deliberately && !outbox.IsCompleted)
        {
            // Nobody reads a bye any more.
            outbox.Complete(null, (int)WebSocketCloseStatus.NormalClosure, "");
            _joined.Session.End(EndReason.Left);
        }

        _joined.Detach(_attachment);
        services.Log.Detached(_joined.Session.Id);
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
                return _joined is { } joined ? HandleJoined(joined, message) : Errors.NotJoined;
        }
    }

    private async Task<ProtocolError?> JoinAsync(JoinMessage join)
    {
        TokenResult token = await services.Tokens.VerifyAsync(join.Token, join.Room);
        if (token.Claims is not { } claims)
            return Refuse(Errors.Token(token.Outcome));
        if (join.OnStage && claims.Role == Role.Audience)
            return Refuse(Errors.RoleForbidsStage);

        string name = claims.Name ?? join.Name ?? claims.Identity;
        var attachment = new Attachment(outbox, services.Encoder);
        var request = new JoinRequest(claims.Room, claims.Identity, name, claims.Role, join.OnStage);
        JoinError failed = services.Node.Join(request, attachment, out Session? session);
        if (failed != JoinError.None || session is null)
            return Refuse(failed == JoinError.RoomFull ? Errors.RoomFull : Errors.Unavailable);

        services.Metrics.Join("joined");
        services.Log.Joined(claims.Identity, claims.Room, RoleNames.Of(claims.Role), session.Id);
        var joined = new ResumableSession(session, services.Sessions, services.Settings.Signalling.ResumeWindow, services.Time);
        _attachment = attachment;
        _joined = joined;
        joined.Join(attachment, (s, snapshot, resumeToken) => services.Welcome(s, snapshot, resumeToken, resumed: false, join.Id));
        return join.OnStage && !session.OnStage ? Errors.StageFull : null;
    }

    private ProtocolError Refuse(ProtocolError error)
    {
        services.Metrics.Join(error.Code);
        return error;
    }

    private ProtocolError? Resume(ResumeMessage resume)
    {
        if (!services.Sessions.TryFind(resume.ResumeToken, out ResumableSession? session))
            return Refuse(Errors.ResumeUnknown);

        var attachment = new Attachment(outbox, services.Encoder);
        bool resumed = session.Resume(
            attachment,
            resume.ResumeToken,
            (s, snapshot, token) => services.Welcome(s, snapshot, token, resumed: true, resume.Id));
        if (!resumed)
            return Refuse(Errors.ResumeUnknown);

        services.Metrics.Join("resumed");
        services.Log.Resumed(session.Session.Id);
        _attachment = attachment;
        _joined = session;
        return null;
    }

    private ProtocolError? HandleJoined(ResumableSession joined, ClientMessage message)
    {
        Session session = joined.Session;
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
                joined.WantsMuted = mute.Muted;
                if (session.OnStage)
                    session.SetMuted(mute.Muted);
                _attachment!.SetMuted(mute.Muted);
                break;
            case StageMessage { On: true }:
                if (TakeStage(joined) is { } refused)
                    return refused;
                break;
            case StageMessage:
                session.LeaveStage();
                break;
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
                return session.CloseRoom() ? null : Errors.RoleForbidsClosing;
        }

        Acknowledge(message.Id);
        return null;
    }

    private static ProtocolError? TakeStage(ResumableSession joined)
    {
        switch (joined.Session.TakeStage(joined.WantsMuted))
        {
            case StageError.RoleForbids:
                return Errors.RoleForbidsStage;
            case StageError.StageFull:
                return Errors.StageFull;
            default:
                return null;
        }
    }

    private void Acknowledge(string? id)
    {
        if (id is not null)
            outbox.Post(new OkMessage(id));
    }
}
