namespace Sfu.Rooms;

/// <content>What moderators and backends do with others.</content>
public sealed partial class Room
{
    /// <summary>Off the stage, and without the right to it until asked again.</summary>
    public RoomError MoveToAudience(Participant? by, Participant participant) => SetRole(by, participant, Role.Audience);

    /// <summary>
    /// Mutes so that the muted cannot undo it, also by leaving and coming back; or allows the microphone again, which does
    /// not open it: nobody opens another's microphone.
    /// </summary>
    public RoomError Mute(Participant? by, Participant participant, bool muted)
    {
        if (!MayModerate(by))
            return RoomError.RoleForbids;
        if (!IsInside(participant))
            return RoomError.NotInRoom;
        if (muted ? !_muteLocked.Add(participant.Identity) : !_muteLocked.Remove(participant.Identity))
            return RoomError.None;

        participant.MuteLocked = muted;
        participant.Muted = participant.OnStage && (muted || participant.Muted);
        if (participant.OnStage)
            Tell(new StageChanged(Next(), participant.ToProfile()));
        return RoomError.None;
    }

    /// <summary>Makes somebody a moderator, a speaker or audience; a moderator may step back like this too.</summary>
    public RoomError SetRole(Participant? by, Participant participant, Role role)
    {
        if (!MayModerate(by))
            return RoomError.RoleForbids;
        if (!IsInside(participant))
            return RoomError.NotInRoom;

        participant.Granted = role;
        if (role == Role.Audience)
            StepOff(participant);
        if (participant.Role != role)
        {
            ChangeRole(participant, role);
            if (participant.OnStage)
                Tell(new StageChanged(Next(), participant.ToProfile()));
        }

        return RoomError.None;
    }

    /// <summary>Another moderates instead of the one who asks, who stays a speaker.</summary>
    public RoomError HandOver(Participant by, Participant participant)
    {
        RoomError error = SetRole(by, participant, Role.Moderator);
        return error == RoomError.None && !ReferenceEquals(by, participant) ? SetRole(by, by, Role.Speaker) : error;
    }

    /// <param name="bannedUntil">Refuse all tokens that were made until then; null lets come back.</param>
    public RoomError Remove(Participant? by, Participant participant, DateTimeOffset? bannedUntil = null)
    {
        if (!MayModerate(by))
            return RoomError.RoleForbids;
        if (!IsInside(participant))
            return RoomError.NotInRoom;

        if (bannedUntil is { } until && !_admissions.Ban(participant.Identity, until))
            return RoomError.TooMany;
        Leave(participant, bannedUntil is null ? EndReason.Removed : EndReason.Banned);
        return RoomError.None;
    }

    /// <summary>Also somebody who is not inside.</summary>
    public RoomError Ban(Participant? by, string identity, DateTimeOffset until)
    {
        if (!MayModerate(by))
            return RoomError.RoleForbids;
        if (TryFind(identity, out Participant? inside))
            return Remove(by, inside, until);
        if (!_admissions.Ban(identity, until))
            return RoomError.TooMany;
        if (_waiting.Remove(identity, out Waiter? waiter))
            Tell(new WaitingEnded(Next(), waiter.Id, identity, EndReason.Banned));
        return RoomError.None;
    }

    public RoomError SetMetadata(Participant? by, Participant participant, string metadata)
    {
        if (!MayModerate(by))
            return RoomError.RoleForbids;
        if (!IsInside(participant))
            return RoomError.NotInRoom;
        participant.Metadata = metadata;
        if (participant.OnStage)
            Tell(new StageChanged(Next(), participant.ToProfile()));
        return RoomError.None;
    }

    /// <param name="by">Null for a backend.</param>
    /// <param name="to">Id, when the scope is one person.</param>
    public RoomError Send(Participant? by, MessageScope scope, string? to, string topic, string text)
    {
        if (Ended is not null)
            return RoomError.Closed;
        if (by is not null && !IsInside(by))
            return RoomError.NotInRoom;
        if (scope == MessageScope.One && (to is null || Find(to) is null))
            return RoomError.NotInRoom;
        Tell(new MessageSent(Next(), by?.Id ?? "", by?.Name ?? "", scope, scope == MessageScope.One ? to : null, topic, text));
        return RoomError.None;
    }

    /// <param name="kind">Such as an emoji.</param>
    public RoomError React(Participant participant, string kind)
    {
        if (!IsInside(participant))
            return RoomError.NotInRoom;
        return _reactions.Add(kind) ? RoomError.None : RoomError.TooMany;
    }
}
