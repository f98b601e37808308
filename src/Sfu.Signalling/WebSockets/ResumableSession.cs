using System.Buffers.Text;
using System.Security.Cryptography;
using Sfu.Node;
using Sfu.Rooms;
using Sfu.Signalling.Messages;

namespace Sfu.Signalling.WebSockets;

/// <summary>A session of the node and the connection that signals for it now, if any.</summary>
/// <remarks>
/// Thread-safe. <c>_gate</c> may be taken under the room's lock (<see cref="OnEnded"/>), so the session is never called
/// while it is held.
/// </remarks>
internal sealed class ResumableSession(Session session, SessionDirectory directory, TimeSpan resumeWindow, TimeProvider time)
{
    private const int TokenBytes = 32;

    private readonly Lock _gate = new();
    private readonly Lock _attaching = new();
    private Attachment? _current;
    private EndReason? _ended;
    private ITimer? _expiry;
    private int _attachments;
    private string? _previousToken;
    private string? _token;
    private Offer? _offer;
    private bool _answered;

    public Session Session => session;

    /// <summary>What the client asked for last; it holds on the stage and for the next time there.</summary>
    public bool WantsMuted { get; set; }

    /// <summary>The connection that joined.</summary>
    public void Join(Attachment attachment, Func<ResumableSession, RoomSnapshot, string, WelcomeMessage> welcome)
    {
        string? token = MakeCurrent(attachment, usedToken: null);
        attachment.Own(this);
        if (session.HasAudio)
            SetOffer(session.CreateOffer());
        if (token is not null)
            attachment.Release(welcome(this, session.Snapshot(), token), UnansweredOffer());
    }

    /// <summary>A later connection takes over from the one before.</summary>
    /// <returns>False when the session ended meanwhile.</returns>
    public bool Resume(Attachment attachment, string usedToken, Func<ResumableSession, RoomSnapshot, string, WelcomeMessage> welcome)
    {
        // One at a time: the last to become current must be the last to observe. Never taken under the room's lock.
        lock (_attaching)
        {
            if (MakeCurrent(attachment, usedToken) is not { } token)
                return false;
            attachment.Own(this);
            RoomSnapshot snapshot = session.Observe(attachment);
            attachment.Release(welcome(this, snapshot, token), UnansweredOffer());
            return true;
        }
    }

    /// <summary>The connection is gone; the session waits for another one.</summary>
    public void Detach(Attachment attachment)
    {
        lock (_gate)
        {
            if (_current != attachment)
                return;
            _current = null;
            if (_ended is not null)
                return;
            int attachments = _attachments;
            _expiry = time.CreateTimer(_ => Expire(attachments), null, resumeWindow, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Any thread, also under the room's lock.</summary>
    public void OnEnded(EndReason reason)
    {
        Attachment? current;
        lock (_gate)
        {
            if (_ended is not null)
                return;
            _ended = reason;
            current = _current;
            _expiry?.Dispose();
            directory.Forget(_token, _previousToken);
        }

        current?.Outbox.Complete(Farewell.Of(reason));
    }

    public void SetOffer(Offer offer)
    {
        lock (_gate)
        {
            _offer = offer;
            _answered = false;
        }
    }

    public int NewestGeneration
    {
        get
        {
            lock (_gate)
                return _offer?.Generation ?? 0;
        }
    }

    public void SetAnswered(int generation)
    {
        lock (_gate)
            _answered |= _offer?.Generation == generation;
    }

    private OfferMessage? UnansweredOffer()
    {
        lock (_gate)
            return _offer is null || _answered ? null : new OfferMessage(_offer.Generation, _offer.Sdp);
    }

    /// <returns>The token for the next resume; null when the session has ended.</returns>
    private string? MakeCurrent(Attachment attachment, string? usedToken)
    {
        Attachment? before;
        string token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(TokenBytes));
        lock (_gate)
        {
            if (_ended is not null || (usedToken is not null && usedToken != _token && usedToken != _previousToken))
                return null;
            before = _current;
            _current = attachment;
            _attachments++;
            _expiry?.Dispose();
            _expiry = null;

            // The token that was used stays valid until the new one is, in case the welcome gets lost.
            directory.Forget(_token == usedToken ? _previousToken : _token);
            _previousToken = usedToken;
            _token = token;
            directory.Remember(token, this);
        }

        before?.Outbox.Complete(Farewell.ResumedElsewhere);
        return token;
    }

    private void Expire(int attachments)
    {
        lock (_gate)
        {
            if (_current is not null || _attachments != attachments)
                return;
        }

        session.End(EndReason.TimedOut);
    }
}
