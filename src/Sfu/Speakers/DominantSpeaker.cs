namespace Sfu.Speakers;

/// <summary>Who leads the conversation, decided with hysteresis (Volfin and Cohen 2012, section IV).</summary>
/// <remarks>Whoever is dominant stays so through silence, until somebody's scores are above on all three time scales.</remarks>
internal sealed class DominantSpeaker
{
    /// <summary>Nobody has spoken yet, or who was dominant has left.</summary>
    public const int Nobody = -1;

    public int Member { get; private set; } = Nobody;

    /// <summary>A member that speaks challenges the dominant one.</summary>
    /// <returns>True when it is dominant now and was not before.</returns>
    public bool Challenge(int member, SpeakerActivity[] members)
    {
        if (member == Member)
            return false;
        ref readonly SpeakerActivity challenger = ref members[member];
        if (Member == Nobody)
            return Become(member, challenger.MayTake());

        ref readonly SpeakerActivity dominant = ref members[Member];
        return Become(
            member,
            challenger.ImmediateScore - dominant.ImmediateScore > ActivityScores.ImmediateLead
                && challenger.MediumScore - dominant.MediumScore > ActivityScores.MediumLead
                && challenger.LongScore - dominant.LongScore > ActivityScores.LongLead);
    }

    public void Forget(int member)
    {
        if (member == Member)
            Member = Nobody;
    }

    private bool Become(int member, bool wins)
    {
        if (wins)
            Member = member;
        return wins;
    }
}
