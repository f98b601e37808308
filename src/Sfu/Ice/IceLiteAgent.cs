using Sfu.Diagnostics;
using Sfu.Net;
using Sfu.Stun;
using Sfu.Time;

namespace Sfu.Ice;

/// <summary>
/// The ICE lite side of one peer (RFC 8445): answers checks, follows the client's nomination and its address, and keeps
/// account of its consent (RFC 7675). Sans-IO.
/// </summary>
/// <remarks>
/// Owned by one worker thread. A message that does not carry our fragment and a MESSAGE-INTEGRITY made with our password
/// is never answered and changes nothing. A lite agent is controlled, always: a full client must take the other role
/// (RFC 8445 section 6.1.1), so one that claims to be controlled is told 487 whatever the tie-breakers say, and switches.
/// </remarks>
public sealed class IceLiteAgent
{
    /// <summary>Bytes that <see cref="Handle"/> may write.</summary>
    public const int MaxResponseLength = 128;

    /// <summary>More than that are not named in a 420, which keeps a response small.</summary>
    private const int MaxUnknownAttributes = 16;

    /// <summary>A selected path that is silent so long is left for one on which checks arrive.</summary>
    private static readonly TimeSpan RebindingSilence = TimeSpan.FromSeconds(3);

    private readonly TimeSpan _consentTimeout;
    private readonly IcePaths _paths = new();
    private IceGeneration _current;

    /// <summary>The generation before a restart, until the current one is nominated.</summary>
    private IceGeneration? _previous;

    public IceLiteAgent(IceCredentials local, TimeSpan consentTimeout)
    {
        _current = new IceGeneration(local);
        _consentTimeout = consentTimeout;
    }

    /// <summary>Those of the newest generation.</summary>
    public IceCredentials Local => _current.Local;

    /// <summary>Those of the generation before a restart, while its checks are still answered; else null.</summary>
    public IceCredentials? Previous => _previous?.Local;

    /// <summary>The path that media takes: the latest one nominated, or where a rebound client went; empty before nomination.</summary>
    public NetworkPath Selected => _paths.Selected;

    /// <summary>Where to send: <see cref="Selected"/>, before nomination the path of the latest valid check; empty before any.</summary>
    public NetworkPath SendPath => _paths.Selected.IsEmpty ? _paths.LastChecked : _paths.Selected;

    /// <summary>Paths known now, at most 8; see <see cref="GetPath"/>.</summary>
    public int PathCount => _paths.Count;

    /// <summary>
    /// When consent runs out: no valid check and no authenticated packet on <see cref="SendPath"/> for the consent timeout
    /// (RFC 7675 section 5.1); <see cref="Instant.Never"/> before the first valid check.
    /// </summary>
    public Instant Deadline => _paths.ConsentGiven is { } given ? given + _consentTimeout : Instant.Never;

    /// <summary>False before the first valid check and from <see cref="Deadline"/> on.</summary>
    public bool HasConsent(Instant now) => _paths.ConsentGiven is not null && now < Deadline;

    /// <summary>In no order; for taking the peer's paths out of tables.</summary>
    public NetworkPath GetPath(int index) => _paths[index];

    /// <summary>True for the fragment of each generation whose checks are answered.</summary>
    public bool OwnsFragment(ReadOnlySpan<byte> localFragment) => GenerationOf(localFragment) is not null;

    /// <summary>The client's credentials for the newest generation, from its answer.</summary>
    public void SetRemote(IceCredentials remote) => _current.SetRemote(remote);

    /// <summary>
    /// Begins a generation (RFC 8445 section 9). The one that is in use stays valid, and its paths stay selected, until
    /// the new one is nominated.
    /// </summary>
    /// <returns>The generation that this one replaces at once because it never came into use, or null.</returns>
    public IceCredentials? Restart(IceCredentials local)
    {
        IceCredentials? replaced = null;
        if (_previous is null)
            _previous = _current;
        else
            replaced = _current.Local;

        _current = new IceGeneration(local);
        return replaced;
    }

    /// <summary>Counts an authenticated packet (SRTP) that came on that path. Called for each one received.</summary>
    /// <remarks>
    /// It keeps a path selected and renews consent: a lite agent sends no checks whose answers could, and what the client
    /// encrypts proves as much. libnice without consent freshness (GStreamer 1.22) sends no signed checks once connected.
    /// </remarks>
    public void Heard(in NetworkPath from, Instant now) => _paths.Heard(from, now);

    /// <summary>Whether a check or an authenticated packet came on that path since then.</summary>
    public bool WasHeard(in NetworkPath on, Instant since) => _paths.HeardOn(on) >= since;

    /// <summary>Takes a message that was read without an error and came in on that path.</summary>
    /// <param name="message">A check or keep-alive; anything else is dropped.</param>
    /// <param name="from">Where a response goes to.</param>
    /// <param name="now">Not before the last one given.</param>
    /// <param name="response">At least <see cref="MaxResponseLength"/> bytes.</param>
    /// <param name="written">Bytes of the response, 0 when there must be none.</param>
    public IceResult Handle(in StunMessage message, in NetworkPath from, Instant now, Span<byte> response, out int written)
    {
        written = 0;
        if (message.Type is not (StunMessageType.BindingRequest or StunMessageType.BindingIndication))
            return new IceResult(DropReason.StunUnexpectedType);

        if (!message.HasFingerprint)
            return new IceResult(DropReason.StunBadFingerprint);

        if (message.Type == StunMessageType.BindingIndication)
            return KeepAlive(message, from, now);

        DropReason reason = Authenticate(message, out IceGeneration? generation);
        if (generation is null)
            return new IceResult(reason);

        var writer = new StunWriter(response, ResponseType(message, out reason), message.TransactionId);
        IceResult result = reason == DropReason.None ? Accept(message, from, now, generation) : new IceResult(reason);
        switch (reason)
        {
            case DropReason.None:
                writer.WriteXorMappedAddress(from.Remote);
                break;
            case DropReason.StunUnknownAttribute:
                Span<ushort> unknown = stackalloc ushort[MaxUnknownAttributes];
                writer.WriteErrorCode(StunErrorCode.UnknownAttribute);
                writer.WriteUnknownAttributes(unknown[..message.CopyUnknownRequired(unknown)]);
                break;
            default:
                writer.WriteErrorCode(StunErrorCode.RoleConflict);
                break;
        }

        writer.WriteMessageIntegrity(generation.Password);
        writer.WriteFingerprint();
        written = writer.Length;
        return result;
    }

    private static StunMessageType ResponseType(in StunMessage message, out DropReason reason)
    {
        reason = message.HasUnknownRequired ? DropReason.StunUnknownAttribute
            : message.IceControlled is not null ? DropReason.StunRoleConflict
            : DropReason.None;
        return reason == DropReason.None ? StunMessageType.BindingSuccessResponse : StunMessageType.BindingErrorResponse;
    }

    private IceResult Accept(in StunMessage message, in NetworkPath from, Instant now, IceGeneration generation)
    {
        bool added = _paths.Checked(from, now, out NetworkPath evicted);
        bool changed = false;
        IceCredentials? retired = null;
        if (message.UseCandidate)
        {
            changed = _paths.SelectLastChecked();
            retired = Nominate(generation);
        }
        else if (!_paths.Selected.IsEmpty && now - _paths.SelectedHeard >= RebindingSilence)
        {
            changed = _paths.SelectLastChecked();
        }

        return new IceResult(DropReason.None, added, changed) { Evicted = evicted, Retired = retired };
    }

    private IceCredentials? Nominate(IceGeneration generation)
    {
        if (generation != _current || _previous is null)
            return null;

        IceCredentials retired = _previous.Local;
        _previous = null;
        return retired;
    }

    /// <summary>Keep-alives are not authenticated as a rule (RFC 8445 section 11): such a one changes nothing.</summary>
    private IceResult KeepAlive(in StunMessage message, in NetworkPath from, Instant now)
    {
        if (message.HasIntegrity)
        {
            DropReason reason = Authenticate(message, out IceGeneration? generation);
            if (generation is null)
                return new IceResult(reason);

            _paths.Heard(from, now);
        }

        return new IceResult(_paths.Contains(from) ? DropReason.None : DropReason.UnknownSender);
    }

    private DropReason Authenticate(in StunMessage message, out IceGeneration? generation)
    {
        generation = null;
        if (!IceUsername.TrySplit(message.Username, out ReadOnlySpan<byte> local, out ReadOnlySpan<byte> remote)
            || GenerationOf(local) is not { } named || !named.AcceptsRemote(remote))
            return DropReason.StunUnknownUser;

        if (!message.HasValidIntegrity(named.Password))
            return DropReason.StunBadIntegrity;

        generation = named;
        return DropReason.None;
    }

    private IceGeneration? GenerationOf(ReadOnlySpan<byte> localFragment) =>
        _current.Owns(localFragment) ? _current
        : _previous is not null && _previous.Owns(localFragment) ? _previous
        : null;
}
