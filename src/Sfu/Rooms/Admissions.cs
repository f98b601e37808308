namespace Sfu.Rooms;

/// <summary>Who is let in by name, who by code, and who not any more.</summary>
internal sealed class Admissions
{
    private readonly HashSet<string> _admitted = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateTimeOffset> _bans = new(StringComparer.Ordinal);
    private readonly Dictionary<string, InviteCode> _codes = new(StringComparer.Ordinal);

    public IReadOnlyList<InviteCode> Codes => [.. _codes.Values];

    /// <returns>False when there are too many.</returns>
    public bool Admit(string identity)
    {
        if (_admitted.Count >= RoomBounds.Identities && !_admitted.Contains(identity))
            return false;
        _admitted.Add(identity);
        return true;
    }

    /// <summary>Refuses the tokens that were made until now; one that is made later lets in again.</summary>
    /// <returns>False when there are too many.</returns>
    public bool Ban(string identity, DateTimeOffset until)
    {
        if (_bans.Count >= RoomBounds.Identities && !_bans.ContainsKey(identity))
            return false;
        _admitted.Remove(identity);
        _bans[identity] = until;
        return true;
    }

    public bool IsBanned(JoinRequest request) => _bans.TryGetValue(request.Identity, out DateTimeOffset until) && request.IssuedAt <= until;

    /// <returns>False when there are too many.</returns>
    public bool Add(InviteCode code) => _codes.Count < RoomBounds.InviteCodes && _codes.TryAdd(code.Code, code);

    public bool Revoke(string code) => _codes.Remove(code);

    /// <summary>For a private room; who came by a code may come again without one.</summary>
    public RoomError Enter(JoinRequest request, out InviteCode? used)
    {
        used = null;
        if (request.Role == Role.Moderator || _admitted.Contains(request.Identity))
            return RoomError.None;
        if (request.InviteCode is null)
            return RoomError.NotAdmitted;
        if (!_codes.TryGetValue(request.InviteCode, out InviteCode? code))
            return RoomError.InviteInvalid;

        used = code with { Left = code.Left - 1 };
        if (used.Left == 0)
            _codes.Remove(code.Code);
        else
            _codes[code.Code] = used;
        Admit(request.Identity);
        return RoomError.None;
    }
}
