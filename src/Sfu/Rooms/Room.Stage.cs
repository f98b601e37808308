namespace Sfu.Rooms;

/// <content>Hands, invitations, the stage and the microphone.</content>
public sealed partial class Room
{
    /// <param name="note">0..200 characters.</param>
    public RoomError RaiseHand(Participant participant, string note)
    {
        if (!IsInside(participant))
            return RoomError.NotInRoom;
        if (participant.OnStage)
            return RoomError.AlreadyOnStage;
        if (Settings.Hands == HandPolicy.Nobody || (Settings.Hands == HandPolicy.Followed && !participant.Followed))
            return RoomError.HandsClosed;

        Tell(new HandRaised(Next(), _hands.Raise(participant, note)));
        return RoomError.None;
    }

    /// <summary>One's own, or by a moderator somebody else's. A hand that is down already is no error.</summary>
    public RoomError LowerHand(Participant? by, Participant participant)
    {
        if (!IsInside(participant))
            return RoomError.NotInRoom;
        if (!ReferenceEquals(by, participant) && !MayModerate(by))
            return RoomError.RoleForbids;
        if (_hands.Lower(participant.Id))
            Tell(new HandLowered(Next(), participant.Id));
        return RoomError.None;
    }

    /// <summary>Asks somebody to the stage, with or without a hand. Asking again asks for longer.</summary>
    public RoomError Invite(Participant? by, Participant participant)
    {
        if (!MayModerate(by))
            return RoomError.RoleForbids;
        if (!IsInside(participant))
            return RoomError.NotInRoom;
        if (participant.OnStage)
            return RoomError.AlreadyOnStage;

        _invitations.Add(participant.Id, _now);
        Tell(new Invited(Next(), participant.Id, by?.Id ?? ""));
        return RoomError.None;
    }

    public RoomError WithdrawInvitation(Participant? by, Participant participant)
    {
        if (!MayModerate(by))
            return RoomError.RoleForbids;
        return EndInvitation(participant, InvitationEnd.Withdrawn) ? RoomError.None : RoomError.NoInvitation;
    }

    /// <summary>Takes the stage. While it is full the invitation stays.</summary>
    public RoomError AcceptInvitation(Participant participant, bool muted = false)
    {
        if (!IsInside(participant))
            return RoomError.NotInRoom;
        if (!_invitations.Has(participant.Id))
            return RoomError.NoInvitation;
        if (_roster.Stage.Count >= Settings.MaxStage)
            return RoomError.StageFull;

        EndInvitation(participant, InvitationEnd.Accepted);
        if (participant.Role == Role.Audience)
            ChangeRole(participant, Role.Speaker);
        return TakeStage(participant, muted);
    }

    public RoomError DeclineInvitation(Participant participant) =>
        IsInside(participant) && EndInvitation(participant, InvitationEnd.Declined) ? RoomError.None : RoomError.NoInvitation;

    /// <summary>Being there already is no error and changes nothing.</summary>
    public RoomError TakeStage(Participant participant, bool muted = false)
    {
        if (!IsInside(participant))
            return RoomError.NotInRoom;
        if (participant.Role == Role.Audience)
            return RoomError.RoleForbids;
        if (participant.OnStage)
            return RoomError.None;
        if (_roster.Stage.Count >= Settings.MaxStage)
            return RoomError.StageFull;

        ForgetWishes(participant);
        _roster.MoveToStage(participant);
        participant.Muted = muted || participant.MuteLocked;
        Tell(new StageJoined(Next(), participant.ToProfile()));
        return RoomError.None;
    }

    /// <summary>Steps down. Whom an invitation made a speaker is audience again; others keep what their token grants.</summary>
    public RoomError LeaveStage(Participant participant)
    {
        if (!IsInside(participant))
            return RoomError.NotInRoom;
        if (StepOff(participant) && participant.Role != participant.Granted)
            ChangeRole(participant, participant.Granted);
        return RoomError.None;
    }

    /// <summary>One's own microphone. Without effect on somebody who is not on the stage.</summary>
    public RoomError SetMuted(Participant participant, bool muted)
    {
        if (!participant.OnStage || !IsInside(participant))
            return RoomError.None;
        if (!muted && participant.MuteLocked)
            return RoomError.MutedByModerator;
        if (participant.Muted != muted)
        {
            participant.Muted = muted;
            Tell(new StageChanged(Next(), participant.ToProfile()));
        }

        return RoomError.None;
    }

    private bool StepOff(Participant participant)
    {
        if (!_roster.MoveToAudience(participant))
            return false;
        participant.Muted = false;
        Tell(new StageLeft(Next(), participant.Id, participant.Csrc));
        return true;
    }

    private bool EndInvitation(Participant participant, InvitationEnd end)
    {
        if (!_invitations.Remove(participant.Id))
            return false;
        Tell(new InvitationEnded(Next(), participant.Id, end));
        return true;
    }

    private void ForgetWishes(Participant participant)
    {
        if (_hands.Lower(participant.Id))
            Tell(new HandLowered(Next(), participant.Id));
        EndInvitation(participant, InvitationEnd.Withdrawn);
    }

    private void ChangeRole(Participant participant, Role role)
    {
        bool moderated = participant.Role == Role.Moderator;
        _roster.SetRole(participant, role);
        NoteWhoIsLeft(moderated);
        Tell(new RoleChanged(Next(), participant.Id, role));
    }
}
