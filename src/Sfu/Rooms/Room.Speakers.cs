namespace Sfu.Rooms;

/// <content>Who is heard, as the media side decides it and moderators overrule it.</content>
public sealed partial class Room
{
    /// <summary>As noted last.</summary>
    public HeardSpeakers Speakers { get; private set; } = HeardSpeakers.Nobody;

    /// <summary>Lasts for the stay, on the stage or off it.</summary>
    public RoomError SetHearing(Participant? by, Participant participant, Hearing hearing)
    {
        if (!MayModerate(by))
            return RoomError.RoleForbids;
        if (!IsInside(participant))
            return RoomError.NotInRoom;
        if (participant.Hearing == hearing)
            return RoomError.None;

        participant.Hearing = hearing;
        if (participant.OnStage)
            Tell(new StageChanged(Next(), participant.ToProfile()));
        return RoomError.None;
    }

    /// <summary>Tells of a change and of nothing else; how often is the caller's to bound.</summary>
    /// <param name="slots">CSRC by slot; 0, and who has left meanwhile, is nobody.</param>
    /// <param name="dominant">CSRC, or 0.</param>
    public void NoteSpeakers(IReadOnlyList<uint> slots, uint dominant)
    {
        var speakers = new HeardSpeakers([.. slots.Select(IdOf)], IdOf(dominant));
        if (Ended is not null || speakers == Speakers)
            return;
        Speakers = speakers;
        Tell(new SpeakersChanged(Next(), speakers));
    }

    private string? IdOf(uint csrc)
    {
        foreach (Participant participant in _roster.Stage)
        {
            if (participant.Csrc == csrc)
                return participant.Id;
        }

        return null;
    }
}
